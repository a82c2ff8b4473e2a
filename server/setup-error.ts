import type { Message } from './errors.ts';

/** Something outside the program keeps it from starting; the text says what to do. Printed without a stack, exit code 1. */
export class SetupError extends Error {
  constructor(message: Message, cause?: unknown) {
    super(`${message.ja}\n${message.en}`, cause === undefined ? undefined : { cause });
    this.name = 'SetupError';
  }
}
