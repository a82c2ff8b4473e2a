import type { Localized } from '../questionnaire.ts';

/** Where in the file: keys and list places from the top. */
export type Path = readonly (string | number)[];

/** `error`: the file must not be published. `warning`: probably not what was meant. */
export type LintMessage = {
  readonly rule: string;
  readonly level: 'error' | 'warning';
  readonly path: Path;
  readonly message: Localized;
};

export function lintError(rule: string, path: Path, ja: string, en: string): LintMessage {
  return { rule, level: 'error', path, message: { ja, en } };
}

export function lintWarning(rule: string, path: Path, ja: string, en: string): LintMessage {
  return { rule, level: 'warning', path, message: { ja, en } };
}
