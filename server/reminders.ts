import { remindDue } from './features/reminders/remind-due.usecases.ts';
import type { Services } from './services.ts';

/** A step is due at 09:00 and may as well go a minute later. */
const LOOK_EVERY_MS = 60_000;

/**
 * Looks for reminders to send, now and every minute; part of a worker. A look that takes longer skips the next. `stop` resolves
 * once the request at hand is done.
 */
export function startReminders(services: Services, everyMs = LOOK_EVERY_MS): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let look: Promise<void> | null = null;
  const begin = () => {
    look ??= lookOnce(services, stopping.signal).finally(() => {
      look = null;
    });
  };
  begin();
  const timer = setInterval(begin, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await look;
    },
  };
}

/** The database may be away for a while; whatever is due is still due at the next look. */
async function lookOnce(services: Services, signal: AbortSignal): Promise<void> {
  try {
    await remindDue(services, signal);
  } catch (error) {
    services.log.error({ err: error }, 'reminders could not be looked for');
  }
}
