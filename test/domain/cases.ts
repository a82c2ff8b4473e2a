/** The real questionnaire and the worked examples, as test material. */
import { readFileSync } from 'node:fs';
import { loadQuestionnaires } from '../../server/adapters/questionnaire-files.ts';
import type { Answer, Answers, AnswerValue } from '../../server/domain/questionnaire/answer.ts';
import type { CompiledQuestionnaire } from '../../server/domain/questionnaire/compile.ts';
import { evaluate } from '../../server/domain/scoring/evaluate.ts';
import type { Case, Evaluation, Mode } from '../../server/domain/scoring/evaluation.ts';

export type WorkedExample = Case & { readonly title: string; readonly expected: Record<string, unknown> };

export const worked: Readonly<Record<string, WorkedExample>> = JSON.parse(
  readFileSync(new URL('../cases/worked-examples.json', import.meta.url), 'utf8'),
);
export const jp: CompiledQuestionnaire = loadQuestionnaires().get('jp-cloud-ppc', '1.0.0').compiled;

/** The all-good answer set: the model service that relies on the exception. */
export const best: Answers = example('EX2').answers;

export function example(id: string): WorkedExample {
  const found = worked[id];
  if (found === undefined) throw new Error(`no worked example ${id}`);
  return found;
}

/** A value with verified evidence, a whole answer, or null to take the answer away. */
export type Change = AnswerValue | { readonly answer: Answer } | undefined;

/** BEST with changes; `undefined` leaves a question unanswered. */
export function bestWith(changes: Readonly<Record<string, Change>>): Answers {
  const answers: Record<string, Answer> = { ...best };
  for (const [id, change] of Object.entries(changes)) {
    if (change === undefined) delete answers[id];
    else
      answers[id] =
        typeof change === 'object' && change !== null && 'answer' in change
          ? change.answer
          : { value: change, evidence: 'verified' };
  }
  return answers;
}

export function score(
  answers: Answers,
  options: { mode?: Mode; asOf?: string; customerIsEntrustee?: boolean } = {},
): Evaluation {
  const { mode = 'final', asOf = '2026-11-21', customerIsEntrustee = false } = options;
  return evaluate(jp, { asOf, mode, context: { customerIsEntrustee }, answers });
}

/** What was said about one question. */
export function questionOf(evaluation: Evaluation, id: string): Evaluation['why']['questions'][number] {
  const found = evaluation.why.questions.find((question) => question.id === id);
  if (found === undefined) throw new Error(`no question ${id}`);
  return found;
}

/** Answers with their evidence state set anew. */
export function withEvidence(answers: Answers, ids: readonly string[], evidence: Answer['evidence']): Answers {
  const changed: Record<string, Answer> = { ...answers };
  for (const id of ids) changed[id] = { ...changed[id], evidence };
  return changed;
}
