import { ConfigError } from './config-error.ts';
import { AppError } from './errors.ts';
import { createLogger } from './logging.ts';
import { SetupError } from './setup-error.ts';

/** Registers what has to be closed at the end, however it comes; closed in reverse order. */
export type Defer = (close: () => Promise<unknown>) => void;
type Options = { keepRunning?: boolean };

const CLOSE_WITHIN_MS = 25_000;
const CRASH_WITHIN_MS = 5_000;

/**
 * Runs a command to its end, or until SIGINT, SIGTERM or SIGHUP when it keeps running. Whatever happens, everything
 * deferred is closed. Exit code 0, or 1 when it could not start or crashed; what a person can mend is told without a stack.
 */
export async function runProgram(main: (defer: Defer) => Promise<void>, options: Options = {}): Promise<void> {
  const closers: (() => Promise<unknown>)[] = [];
  let ending: Promise<void> | undefined;
  const end = (code: number, withinMs = CLOSE_WITHIN_MS) => {
    ending ??= close(closers, withinMs).then((clean) => process.exit(clean ? code : 1));
    return ending;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      createLogger('fatal').fatal({ err: error }, event);
      void end(1, CRASH_WITHIN_MS);
    });
  }
  try {
    await main((closer) => closers.push(closer));
    if (!options.keepRunning) await end(process.exitCode === undefined ? 0 : Number(process.exitCode));
  } catch (error) {
    console.error(tell(error));
    await end(1);
  }
}

async function close(closers: (() => Promise<unknown>)[], withinMs: number): Promise<boolean> {
  const limit = new Promise<false>((resolve) => setTimeout(() => resolve(false), withinMs).unref());
  return Promise.race([limit, closeAll(closers)]);
}

async function closeAll(closers: (() => Promise<unknown>)[]): Promise<boolean> {
  let clean = true;
  for (let closer = closers.pop(); closer; closer = closers.pop()) {
    await closer().catch((error: unknown) => {
      console.error(error);
      clean = false;
    });
  }
  return clean;
}

function tell(error: unknown): unknown {
  if (error instanceof SetupError || error instanceof ConfigError) return error.message;
  if (error instanceof AppError) return `${error.publicMessage.ja}\n${error.publicMessage.en}`;
  return error;
}
