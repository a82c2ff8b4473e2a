/**
 * How a rule sees an answer. CEL checks types at run time by class, hence classes.
 *
 * What is not known never matches by accident: a choice, date or text reads as '', a number as NaN (every comparison but
 * `!=` is false) and a list as empty. `!=` is therefore true for the unknown and has to be guarded with `.known`.
 */
import type { Visibility } from './answer.ts';
import type { QuestionType } from './questionnaire.ts';

/** Members every answer has. */
export class AnswerFacts {
  /** Answered with a value that is neither unknown nor N/A. */
  known = false;
  /** The question applies, or may apply, and its answer is not known. */
  open = false;
  /** The none-option was picked. */
  none = false;
  /** Known, and a shortcoming in itself. */
  fails = false;
  /** "Not applicable" with a reason, where it may be answered, and not refused by the reviewer. */
  validNa = false;
  /** Evidence missing or rejected; in a final evaluation also evidence nobody has verified. */
  shortOfEvidence = false;
  /** Provisional: attached or verified. Final: verified. */
  evidencePresent = false;
  /** A reviewer found that the evidence contradicts the answer. */
  rejected = false;
}

export class ChoiceAnswer extends AnswerFacts {
  value = '';
}
export class NumberAnswer extends AnswerFacts {
  value = Number.NaN;
}
export class ListAnswer extends AnswerFacts {
  /** Each selected option once. */
  values: readonly string[] = [];
}
export class DateAnswer extends AnswerFacts {
  value = '';
}
export class TextAnswer extends AnswerFacts {
  value = '';
}
export class CertificatesAnswer extends AnswerFacts {
  /** Number of records, a CEL int. */
  count = 0n;
}

export type AnswerView = ChoiceAnswer | NumberAnswer | ListAnswer | DateAnswer | TextAnswer | CertificatesAnswer;

/** The view of a question that is hidden, or not answered yet. */
export function emptyView(type: QuestionType, visibility: Visibility): AnswerView {
  const view = viewFor(type);
  view.open = visibility !== 'hidden';
  return view;
}

/** The view of an answer with a value that fits the question. */
export function knownView(type: QuestionType, value: unknown): AnswerView {
  const view = viewFor(type);
  view.known = true;
  if (view instanceof CertificatesAnswer) view.count = BigInt(Array.isArray(value) ? value.length : 0);
  else if (view instanceof ListAnswer) readList(view, value);
  else if (view instanceof NumberAnswer) readNumber(view, value);
  else if (view instanceof DateAnswer && value === 'none') view.none = true;
  else view.value = String(value);
  return view;
}

function viewFor(type: QuestionType): AnswerView {
  switch (type) {
    case 'single':
      return new ChoiceAnswer();
    case 'multi':
      return new ListAnswer();
    case 'number':
      return new NumberAnswer();
    case 'date':
      return new DateAnswer();
    case 'text':
      return new TextAnswer();
    case 'certificates':
      return new CertificatesAnswer();
  }
}

function readList(view: ListAnswer, value: unknown): void {
  if (value === 'none') view.none = true;
  else if (Array.isArray(value)) view.values = value.length < 2 ? value : [...new Set<string>(value)];
}

function readNumber(view: NumberAnswer, value: unknown): void {
  if (typeof value === 'number') view.value = value;
  else view.none = value === 'none';
}
