import type { Localized, Severity } from '../questionnaire/questionnaire.ts';
import { fellShort } from '../scoring/falls-short.ts';
import { dueOn } from './due.ts';
import type { ReportInput } from './input.ts';

/** What the vendor says it will do: a plan beside an answer that falls short. It mends nothing before it is done. */
export type Commitment = {
  /** The question it stands beside. */
  readonly ref: string;
  readonly text: Localized;
  /** YYYY-MM-DD in Asia/Tokyo. */
  readonly by: string;
  readonly measure: string;
  /** Of the question's own issue; null where it has none. */
  readonly severity: Severity | null;
  /** Last day for the correction; null: no issue, or by the next evaluation. */
  readonly dueOn: string | null;
  /** The vendor's day lies after the last day. */
  readonly late: boolean;
};

/** In the order of the questionnaire. `issuedAt` (ISO 8601) is the moment from which days for a correction count. */
export function commitments(
  input: Pick<ReportInput, 'corrections' | 'questionnaire' | 'issuedAt' | 'evaluation'>,
): Commitment[] {
  const { questionnaire, evaluation } = input;
  const results = new Map(evaluation.why.questions.map((result) => [result.id, result]));
  const questions = questionnaire.sections.flatMap((section) => section.questions);
  return questions.flatMap(({ id, text }) => {
    const result = results.get(id);
    const plan = result?.answer?.plan;
    if (!result || !plan || !fellShort(result)) return [];
    const issue = evaluation.issues.find(({ ref }) => ref === id);
    const last = issue ? dueOn(input, issue) : null;
    const { by, measure } = plan;
    return [
      { ref: id, text, by, measure, severity: issue?.severity ?? null, dueOn: last, late: last !== null && by > last },
    ];
  });
}
