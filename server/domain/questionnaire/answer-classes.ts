/**
 * How a rule sees an answer. CEL checks types at run time by class, hence classes; they are flat and alike, one store a member,
 * because an evaluation makes one for every question.
 *
 * What is not known never matches by accident: text reads as '', a number as NaN (every comparison but `!=` is false) and a
 * list as empty. `!=` is therefore true for the unknown and has to be guarded with `.known`.
 */
const NONE: readonly string[] = [];

/** Members every answer has. */
export type AnswerFacts = {
  /** Answered with a value that is neither unknown nor N/A. */
  known: boolean;
  /** The question applies, or may apply, and its answer is not known. */
  open: boolean;
  /** The none-option was picked. */
  none: boolean;
  /** Known, and a shortcoming in itself. */
  fails: boolean;
  /** "Not applicable" with a reason, where it may be answered, and not refused by the reviewer. */
  validNa: boolean;
  /** Evidence missing or rejected; in a final evaluation also evidence nobody has verified. */
  shortOfEvidence: boolean;
  /** Provisional: attached or verified. Final: verified. */
  evidencePresent: boolean;
  /** A reviewer found that the evidence contradicts the answer. */
  rejected: boolean;
  /** A remark was written beside the answer. */
  remarked: boolean;
};

/** Answer to a single choice, a date or a text: `value`; `later`: a day after the day of the check was given. */
export class TextAnswer implements AnswerFacts {
  declare known: boolean;
  declare open: boolean;
  declare none: boolean;
  declare fails: boolean;
  declare validNa: boolean;
  declare shortOfEvidence: boolean;
  declare evidencePresent: boolean;
  declare rejected: boolean;
  declare remarked: boolean;
  declare value: string;
  declare later: boolean;
  constructor(known: boolean, none: boolean, value: string) {
    this.known = known;
    this.open = false;
    this.none = none;
    this.fails = false;
    this.validNa = false;
    this.shortOfEvidence = false;
    this.evidencePresent = false;
    this.rejected = false;
    this.remarked = false;
    this.value = value;
    this.later = false;
  }
}

/** Answer to a number: `value`, NaN where there is none. */
export class NumberAnswer implements AnswerFacts {
  declare known: boolean;
  declare open: boolean;
  declare none: boolean;
  declare fails: boolean;
  declare validNa: boolean;
  declare shortOfEvidence: boolean;
  declare evidencePresent: boolean;
  declare rejected: boolean;
  declare remarked: boolean;
  declare value: number;
  constructor(known: boolean, none: boolean, value: number) {
    this.known = known;
    this.open = false;
    this.none = none;
    this.fails = false;
    this.validNa = false;
    this.shortOfEvidence = false;
    this.evidencePresent = false;
    this.rejected = false;
    this.remarked = false;
    this.value = value;
  }
}

/** Answer to a multiple choice: `values`, each selected option once. */
export class ListAnswer implements AnswerFacts {
  declare known: boolean;
  declare open: boolean;
  declare none: boolean;
  declare fails: boolean;
  declare validNa: boolean;
  declare shortOfEvidence: boolean;
  declare evidencePresent: boolean;
  declare rejected: boolean;
  declare remarked: boolean;
  declare values: readonly string[];
  constructor(known: boolean, none: boolean, values: readonly string[]) {
    this.known = known;
    this.open = false;
    this.none = none;
    this.fails = false;
    this.validNa = false;
    this.shortOfEvidence = false;
    this.evidencePresent = false;
    this.rejected = false;
    this.remarked = false;
    this.values = values;
  }
}

/** Answer to a list of certificates: `count`, a CEL int; `kinds` of all records, `lapsed` of those that hold no longer. */
export class CertificatesAnswer implements AnswerFacts {
  declare known: boolean;
  declare open: boolean;
  declare none: boolean;
  declare fails: boolean;
  declare validNa: boolean;
  declare shortOfEvidence: boolean;
  declare evidencePresent: boolean;
  declare rejected: boolean;
  declare remarked: boolean;
  declare count: bigint;
  declare kinds: readonly string[];
  declare lapsed: readonly string[];
  constructor(known: boolean, count: bigint) {
    this.known = known;
    this.open = false;
    this.none = false;
    this.fails = false;
    this.validNa = false;
    this.shortOfEvidence = false;
    this.evidencePresent = false;
    this.rejected = false;
    this.remarked = false;
    this.count = count;
    this.kinds = NONE;
    this.lapsed = NONE;
  }
}

/** The answers of the submission before: one member a question, by its name in rules. */
export class PreviousAnswers {
  [variable: string]: AnswerFacts;
}
