import type { Localized } from '../questionnaire/questionnaire.ts';

export type CaseErrorCode =
  | 'invalid_json'
  | 'invalid_case'
  | 'unknown_questionnaire'
  | 'unknown_question'
  | 'invalid_answer';

/** The input cannot be scored as it stands. `path` is a JSON pointer into the case; '' is the case itself. */
export class CaseError extends Error {
  readonly code: CaseErrorCode;
  readonly text: Localized;
  readonly path: string;

  constructor(code: CaseErrorCode, text: Localized, path: string) {
    super(`${text.en} (${path})`);
    this.name = 'CaseError';
    this.code = code;
    this.text = text;
    this.path = path;
  }
}
