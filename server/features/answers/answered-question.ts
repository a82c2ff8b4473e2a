import { addOnLines } from '../../domain/questionnaire/add-on-text.ts';
import type { AnswerPlan, ConditionalAnswer } from '../../domain/questionnaire/answer.ts';
import { answerLines } from '../../domain/questionnaire/answer-text.ts';
import type { CompiledQuestion, CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { questionOf } from '../../domain/questionnaire/own-questions.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';
import { responded } from '../../domain/questionnaire/visibility.ts';
import { fallsShort } from '../../domain/scoring/falls-short.ts';
import type { EvidenceFile } from './answers.store.ts';
import type { CollectedAnswers } from './answers.usecases.ts';

export type AnsweredQuestion = {
  isAnswered: boolean;
  lines: readonly Localized[];
  naReason: string;
  comment: string;
  conditional: ConditionalAnswer | null;
  /** Only where it counts: beside an answer that falls short. */
  plan: AnswerPlan | null;
  /** Condition and plan, a line each. */
  addOns: readonly Localized[];
  /** Why proof exists but cannot be shared; '' when that is not claimed. */
  withheld: string;
  /** Of the question and its records. */
  files: readonly EvidenceFile[];
};

/**
 * What a vendor said to one question, as a person reads it. `asOf` (YYYY-MM-DD) decides whether a plan counts. Names each member:
 * no score, no weight, nothing a reviewer wrote or decided.
 */
export function answeredQuestion(
  compiled: CompiledQuestionnaire,
  one: CompiledQuestion,
  { answers, files, rows }: Pick<CollectedAnswers, 'answers' | 'files' | 'rows'>,
  asOf: string,
): AnsweredQuestion {
  const { question } = one;
  const answer = answers[question.id];
  const isAnswered = responded(one, answer);
  const conditional = answer?.conditional ?? null;
  const plan = (fallsShort(compiled, one, answer, asOf) ? answer?.plan : null) ?? null;
  return {
    isAnswered,
    lines: answerLines(question, isAnswered ? answer?.value : null, compiled.questionnaire.certificateKinds),
    naReason: answer?.value === 'na' ? (answer.naReason ?? '') : '',
    comment: answer?.comment ?? '',
    conditional,
    plan,
    addOns: addOnLines(question, { conditional, plan }),
    withheld: rows.find(({ questionId }) => questionId === question.id)?.withheld ?? '',
    files: files.filter(({ subject }) => questionOf(subject) === question.id),
  };
}
