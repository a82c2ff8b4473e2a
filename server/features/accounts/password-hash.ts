import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { createTurnstile } from '../../turnstile.ts';

/** Argon2id, above the floor of OWASP (19 MiB, t=2): 64 MiB and three passes, about 0.1 s. */
const COST = { memory: 64 * 1024, passes: 3, parallelism: 1, tagLength: 32 } as const;
/** At most this many at once, so that a flood of sign-ins cannot eat the memory: 4 × 64 MiB. */
const turnstile = createTurnstile(4);
const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>;

/** PHC string. The exact bytes are hashed: nothing is trimmed, folded or cut. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await turnstile.pass(() => derive('argon2id', { ...COST, message: Buffer.from(password), nonce: salt }));
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** `hash` null: nobody, or somebody without a password. Takes as long as for a wrong password and is false. */
export async function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  const { cost, salt, tag } = parse(hash ?? NOBODY);
  const parameters = { ...cost, message: Buffer.from(password), nonce: salt, tagLength: tag.length };
  const derived = await turnstile.pass(() => derive('argon2id', parameters));
  return timingSafeEqual(derived, tag) && hash !== null;
}

/** True when the hash was made with a lower cost than today's and should be made anew at the next sign-in. */
export function isOutdated(hash: string): boolean {
  const { cost } = parse(hash);
  return cost.memory < COST.memory || cost.passes < COST.passes;
}

/** A hash nothing is known to lead to, of today's cost. */
const NOBODY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${unpadded(randomBytes(16))}$${unpadded(randomBytes(32))}`;

function parse(hash: string) {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash);
  if (!parts) throw new Error('members.password_hash holds something that is not Argon2id in PHC form');
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts;
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return { cost, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
