/** An answer given earlier, to this or another request, with what was asked and how it read. */
import type { AnswerPlan, AnswerValue, ConditionalAnswer } from '../questionnaire/answer.ts';
import { answerLines } from '../questionnaire/answer-text.ts';
import type { CertificateKind, Localized, Question, QuestionType } from '../questionnaire/questionnaire.ts';

export type GivenAnswer = {
  /** Stable key of the question it was given to. */
  readonly question: string;
  readonly type: QuestionType;
  readonly text: Localized;
  /** Authorities the question cites: law, guidelines, standards. */
  readonly references: readonly string[];
  /** The value in people's words, as `answerLines` gives them. */
  readonly words: readonly Localized[];
  readonly value: AnswerValue;
  readonly naReason: string;
  readonly comment: string;
  readonly plan: AnswerPlan | null;
  readonly conditional: ConditionalAnswer | null;
  readonly withheld: string;
  /** YYYY-MM-DD in Asia/Tokyo: the day it was last given. */
  readonly on: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
};

type Parts = Pick<GivenAnswer, 'value' | 'naReason' | 'comment' | 'plan' | 'conditional' | 'withheld' | 'on' | 'files'>;

export function givenAnswer(question: Question, kinds: readonly CertificateKind[] = [], parts: Parts): GivenAnswer {
  const { id, type, text, references } = question;
  return { question: id, type, text, references, words: answerLines(question, parts.value, kinds), ...parts };
}
