import { createTurnstile, type Turnstile } from '../../../turnstile.ts';

/**
 * So many uploads at once for one key (a link, or a whole request); more of them wait unread, so that nobody can fill the memory, or
 * the few places where files are looked at, for all others.
 */
export function createUploadGate(atOnce = 2) {
  const gates = new Map<string, { turnstile: Turnstile; inside: number }>();
  return {
    async pass<T>(key: string, work: () => Promise<T>): Promise<T> {
      const gate = gates.get(key) ?? { turnstile: createTurnstile(atOnce), inside: 0 };
      gates.set(key, gate);
      gate.inside += 1;
      try {
        return await gate.turnstile.pass(work);
      } finally {
        gate.inside -= 1;
        if (gate.inside === 0) gates.delete(key);
      }
    },
  };
}
