/** All certificate records of a case: status, points, and which record gives the points of its kind. */
import type { CertificateRecord } from '../questionnaire/answer.ts';
import type { CertificateKind, CertificateStatus, Scoring } from '../questionnaire/questionnaire.ts';
import { certificateReason } from './certificate-reasons.ts';
import { expiryOf, looksWrong, statusOf } from './certificate-status.ts';
import type { CertificateResult, QuestionResult } from './evaluation.ts';

export type CertificateRules = {
  /** Places of the certificates questions in the file. */
  readonly questions: readonly number[];
  /** What a registration number looks like, by kind. */
  readonly numberPatterns: ReadonlyMap<string, RegExp>;
  readonly kinds: ReadonlyMap<string, CertificateKind>;
  readonly scoring: Scoring['certificates'];
};
type Standing = {
  readonly ref: string;
  readonly kind: CertificateKind;
  readonly record: CertificateRecord;
  readonly status: CertificateStatus;
  readonly expires: string | null;
};

/** Results in file order of the questions, then in the order the records were given. Hidden and open questions hold none. */
export function certificateResults(
  questions: readonly QuestionResult[],
  rules: CertificateRules,
  asOf: string,
): readonly CertificateResult[] {
  const first = rules.questions.flatMap((index) => standings(questions[index], rules, asOf));
  if (first.length === 0) return [];
  const settled = first.map((one) => ({
    ...one,
    status: baseMissing(one, first, rules) ? ('without_base' as const) : one.status,
  }));
  const best = bestOfKind(settled, rules);
  return settled.map((one) => ({
    ref: one.ref,
    kind: one.kind.id,
    status: one.status,
    expires: one.expires,
    points: one.kind.points,
    multiplier: rules.scoring.multipliers[one.status],
    counts: best.get(one.kind.id) === one,
    numberLooksWrong: looksWrong(rules.numberPatterns.get(one.kind.id), one.record),
    reason: certificateReason(one.kind, one.status, one.expires, rules.kinds),
  }));
}

/** Points of a section of certificates, 0–1: the best record of each kind. */
export function certificateScore(results: readonly CertificateResult[]): number {
  const sum = results.reduce((total, one) => total + (one.counts ? one.points * one.multiplier : 0), 0);
  return Math.min(1, sum);
}

/** `CRT-01#1`: the question and the 1-based place in its list. */
function recordRef(questionId: string, index: number): string {
  return `${questionId}#${index + 1}`;
}

function standings(question: QuestionResult | undefined, rules: CertificateRules, asOf: string): readonly Standing[] {
  if (question?.state !== 'answered') return [];
  // The value was found to fit its question, so it is a list of records of known kinds.
  const records = question.answer?.value as readonly CertificateRecord[];
  return records.flatMap((record, index) => {
    const kind = rules.kinds.get(record.kind);
    if (kind === undefined) return [];
    const expires = expiryOf(kind, record);
    const status = statusOf(kind, record, expires, asOf, rules.scoring.expiringWithinDays);
    return [{ ref: recordRef(question.id, index), kind, record, status, expires }];
  });
}

/** An extension such as ISO/IEC 27017 is worth nothing without the certificate it extends. */
function baseMissing(one: Standing, all: readonly Standing[], { scoring }: CertificateRules): boolean {
  const base = one.kind.extends;
  if (base === undefined || scoring.multipliers[one.status] === 0) return false;
  return !all.some((other) => other.kind.id === base && scoring.multipliers[other.status] > 0);
}

function bestOfKind(all: readonly Standing[], { scoring }: CertificateRules): ReadonlyMap<string, Standing> {
  const best = new Map<string, Standing>();
  for (const one of all) {
    const multiplier = scoring.multipliers[one.status];
    const held = best.get(one.kind.id);
    if (multiplier > 0 && (held === undefined || multiplier > scoring.multipliers[held.status]))
      best.set(one.kind.id, one);
  }
  return best;
}
