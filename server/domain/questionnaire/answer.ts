/** What an answer is. Values are plain JSON, exactly as in the case files of the scoring command. */
import type { EvidenceState } from './questionnaire.ts';

/** Kinds and dates as in dossier §4.6; dates are YYYY-MM-DD in Asia/Tokyo. */
export type CertificateRecord = {
  readonly kind: string;
  readonly number?: string;
  readonly edition?: string;
  readonly certificationBody?: string;
  readonly accreditationBody?: string;
  readonly scope?: string;
  readonly scopeIncludesService?: boolean;
  readonly registeredOn?: string;
  readonly expires?: string;
  readonly auditPeriodEnd?: string;
  readonly periodEnd?: string;
  readonly opinion?: string;
  readonly status?: 'pending';
  readonly evidence?: EvidenceState;
};

/** `'none'` picks the none-option, `'unknown'` is わからない, `'na'` is 該当なし; the three are never mixed up with 0 or blank. */
export type AnswerValue = string | number | readonly string[] | readonly CertificateRecord[] | null;

/** "Not yet, planned by …" (対応予定): `by` is YYYY-MM-DD in Asia/Tokyo. Never scored. */
export type AnswerPlan = { readonly by: string; readonly measure: string };
/** What holds only under a plan or condition of the service (契約プラン, option, configuration). Never scored until the customer settles it. */
export type ConditionalAnswer = { readonly value: AnswerValue; readonly condition: string };
/** The customer's word on a condition; `base` is what holds without it. */
export type SettledCondition = {
  readonly holds: boolean;
  readonly base: AnswerValue;
  readonly conditional: ConditionalAnswer;
};

export type Answer = {
  /** What holds today without any condition: the only part the score reads. */
  readonly value?: AnswerValue;
  /** Reason for `'na'`. */
  readonly naReason?: string;
  /** A reviewer refused the N/A. */
  readonly naRejected?: boolean;
  /** Absent means none. */
  readonly evidence?: EvidenceState;
  readonly comment?: string;
  readonly plan?: AnswerPlan | null;
  readonly conditional?: ConditionalAnswer | null;
  /** Only after `effectiveAnswers`, in the place of `conditional`. */
  readonly settled?: SettledCondition;
};

export type Answers = Readonly<Record<string, Answer>>;

/** `pending`: whether the question applies is not known yet, because a question it depends on is open. */
export type Visibility = 'visible' | 'pending' | 'hidden';
