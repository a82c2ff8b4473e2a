import { randomUUID } from 'node:crypto';
import jwt from '@fastify/jwt';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../services.ts';

const ALGORITHM = 'HS256';
const ISSUER = 'kantoku';
const TYPE = 'session+jwt';
/** Seconds by which clocks of our own processes may differ. */
const CLOCK_SKEW = 30;
const ID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** Everything a token could choose for itself is pinned here; the library's defaults accept other algorithms, no expiry and any type. */
export async function registerTokens(app: FastifyInstance, { keys }: Pick<Services, 'keys'>): Promise<void> {
  await app.register(jwt, {
    secret: keys.session,
    sign: { algorithm: ALGORITHM, iss: ISSUER, header: { typ: TYPE, alg: ALGORITHM } },
    verify: {
      algorithms: [ALGORITHM],
      allowedIss: ISSUER,
      checkTyp: TYPE,
      requiredClaims: ['exp', 'iat', 'sub', 'aud', 'iss', 'jti'],
    },
  });
}

/** A token that carries nothing but the id of a session row. `aud` says whose kind of session it is. */
export function signToken(app: FastifyInstance, aud: string, sessionId: string, seconds: number): string {
  return app.jwt.sign({ sub: sessionId, aud, jti: randomUUID() }, { expiresIn: seconds });
}

/** The session id, or null for a token that is forged, foreign, expired, misused or broken: whoever asks answers all with the same 401. */
export function sessionIdOf(app: FastifyInstance, aud: string, token: string): string | null {
  if (!isCanonical(token)) return null;
  try {
    const { sub, iat } = app.jwt.verify<{ sub: unknown; iat: unknown }>(token, { allowedAud: aud } as never);
    const isDue = typeof iat === 'number' && iat <= Date.now() / 1000 + CLOCK_SKEW;
    return isDue && typeof sub === 'string' && ID.test(sub) ? sub : null;
  } catch {
    return null;
  }
}

/** Three parts, and one spelling of the signature: the last character of base64url has bits that decoders ignore. */
function isCanonical(token: string): boolean {
  const signature = /^[\w-]+\.[\w-]+\.([\w-]{43})$/.exec(token)?.[1];
  return signature !== undefined && Buffer.from(signature, 'base64url').toString('base64url') === signature;
}
