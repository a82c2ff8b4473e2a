import type { Localized } from './questionnaire.ts';

/** Something in the input to mend. `path` is a JSON pointer from the thing that was checked; '' is the thing itself. */
export type Problem = { readonly path: string; readonly message: Localized };

export function problem(path: string, ja: string, en: string): Problem {
  return { path, message: { ja, en } };
}
