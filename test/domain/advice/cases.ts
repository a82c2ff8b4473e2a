/** The newest vendor questionnaire, and the model answer set to change for a case. */
import { loadQuestionnaires } from '../../../server/adapters/questionnaire-files.ts';
import type { Advice } from '../../../server/domain/advice/advice.ts';
import { adviceFor } from '../../../server/domain/advice/advise.ts';
import { contradictionsIn } from '../../../server/domain/advice/contradictions.ts';
import type { Answers } from '../../../server/domain/questionnaire/answer.ts';
import { bestWith, type Change } from '../cases.ts';

export const newest = loadQuestionnaires().get('jp-cloud-ppc', '1.1.0').compiled;
export const TODAY = '2026-11-21';

/** `before`: the submission of 2025-11-20 to compare with. */
export type Given = {
  readonly now: Readonly<Record<string, Change>>;
  readonly before?: Readonly<Record<string, Change>>;
};

function contextOf({ before }: Pick<Given, 'before'>) {
  return { today: TODAY, previous: before ? { answers: bestWith(before), on: '2025-11-20' } : null };
}

/** Ids of the contradictions that the model answers, changed so, bring about. */
export function contradicted(given: Given): readonly string[] {
  return contradictionsIn(newest, bestWith(given.now), contextOf(given)).map(({ id }) => id);
}

export function advised(answers: Answers): ReadonlyMap<string, readonly Advice[]> {
  return adviceFor(newest, answers, contextOf({}));
}

/** Codes of the findings told at each question. */
export function told(answers: Answers): Record<string, string> {
  const entries = [...advised(answers)].map(([id, items]) => [
    id,
    items.map(({ kind, findings }) => [kind, ...findings.map(({ code }) => code)].join(' ')).join(', '),
  ]);
  return Object.fromEntries(entries);
}
