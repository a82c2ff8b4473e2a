import type { FastifyRequest } from 'fastify';
import { respondentOf } from '../../plugins/access.ts';

/** So many requests a minute per respondent link, not per address: a whole company may sit behind one. */
export function perLink(max: number) {
  return {
    max,
    timeWindow: '1 minute',
    hook: 'preHandler',
    keyGenerator: (request: FastifyRequest) => respondentOf(request).linkId,
  } as const;
}

/** So many requests a minute of one request's people together: for work that takes the processor from everybody else. */
export function perAssessment(max: number) {
  return { ...perLink(max), keyGenerator: (request: FastifyRequest) => respondentOf(request).assessmentId } as const;
}
