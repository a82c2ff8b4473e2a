import type { Localized } from './questionnaire.ts';

/** Something in the input to mend. `path` is a JSON pointer from the thing that was checked; '' is the thing itself. */
export type Problem = { readonly path: string; readonly message: Localized };

export function problem(path: string, ja: string, en: string): Problem {
  return { path, message: { ja, en } };
}

/** A JSON pointer (RFC 6901) of these steps. */
export function pointer(...steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
