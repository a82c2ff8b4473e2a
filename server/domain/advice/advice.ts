/** What a respondent is told beside an answer. Holds nothing of scoring: no weight, no points, no grade, no knock-out. */
import type { Answers } from '../questionnaire/answer.ts';
import type { Localized } from '../questionnaire/questionnaire.ts';

/** `finding`: touches what the regulator found. `contradiction`: does not fit other answers. `shortcoming`: falls short by itself. */
export type AdviceKind = 'finding' | 'contradiction' | 'shortcoming';

/** What the regulator found, by the code, title and statement of the questionnaire. */
export type FindingFacts = { readonly code: string; readonly title: Localized; readonly statement: Localized };

export type Advice = {
  readonly kind: AdviceKind;
  readonly what: Localized;
  readonly findings: readonly FindingFacts[];
  /** What would mend it. */
  readonly mend: Localized;
  /** Ids of the other questions it comes from. */
  readonly related: readonly string[];
};

/** An earlier submission and the day it was handed in (YYYY-MM-DD). */
export type PreviousSubmission = { readonly answers: Answers; readonly on: string };

/** `today` is YYYY-MM-DD in Asia/Tokyo. `asked`, where given: the only questions that can be told anything. */
export type AdviceContext = {
  readonly today: string;
  readonly previous: PreviousSubmission | null;
  readonly asked?: ReadonlySet<string>;
};
