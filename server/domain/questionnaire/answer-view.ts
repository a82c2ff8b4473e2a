/** Makes the view of an answer that rules read. */
import type { Visibility } from './answer.ts';
import { CertificatesAnswer, ListAnswer, NumberAnswer, TextAnswer } from './answer-classes.ts';
import type { QuestionType } from './questionnaire.ts';

export type AnswerView = TextAnswer | NumberAnswer | ListAnswer | CertificatesAnswer;

const NOTHING: readonly string[] = [];

/** The view of a question that is hidden, or not answered yet. */
export function emptyView(type: QuestionType, visibility: Visibility): AnswerView {
  const view = viewOf(type, false, undefined);
  view.open = visibility !== 'hidden';
  return view;
}

/** The view of an answer with a value that fits the question. */
export function knownView(type: QuestionType, value: unknown): AnswerView {
  return viewOf(type, true, value);
}

function viewOf(type: QuestionType, known: boolean, value: unknown): AnswerView {
  const none = value === 'none';
  switch (type) {
    case 'single':
    case 'text':
      return new TextAnswer(known, false, typeof value === 'string' ? value : '');
    case 'date':
      return new TextAnswer(known, none, typeof value === 'string' && !none ? value : '');
    case 'number':
      return new NumberAnswer(known, none, typeof value === 'number' ? value : Number.NaN);
    case 'multi':
      return new ListAnswer(known, none, Array.isArray(value) ? withoutRepeats(value) : NOTHING);
    case 'certificates':
      return new CertificatesAnswer(known, BigInt(Array.isArray(value) ? value.length : 0));
  }
}

function withoutRepeats(values: readonly string[]): readonly string[] {
  return values.length < 2 ? values : [...new Set(values)];
}
