import { createTurnstile, type Turnstile } from '../../../turnstile.ts';

const AT_ONCE = 2;

/** Two uploads at once from one link; more of them wait unread, so that one person cannot fill the memory. */
export function createUploadGate() {
  const gates = new Map<string, { turnstile: Turnstile; inside: number }>();
  return {
    async pass<T>(linkId: string, work: () => Promise<T>): Promise<T> {
      const gate = gates.get(linkId) ?? { turnstile: createTurnstile(AT_ONCE), inside: 0 };
      gates.set(linkId, gate);
      gate.inside += 1;
      try {
        return await gate.turnstile.pass(work);
      } finally {
        gate.inside -= 1;
        if (gate.inside === 0) gates.delete(linkId);
      }
    },
  };
}
