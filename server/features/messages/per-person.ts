import type { FastifyRequest } from 'fastify';

/** So many requests a minute per session, not per address: a whole company may sit behind one. */
export function perPerson(max: number) {
  return {
    max,
    timeWindow: '1 minute',
    hook: 'preHandler',
    keyGenerator: ({ principal, ip }: FastifyRequest) => principal?.sessionId ?? ip,
  } as const;
}
