import { countsAsEvidence } from '../../domain/assessment/evidence-file.ts';
import type { Answer, Answers, AnswerValue, CertificateRecord } from '../../domain/questionnaire/answer.ts';
import type { Settlements } from '../../domain/questionnaire/effective-answers.ts';
import type { EvidenceState } from '../../domain/questionnaire/questionnaire.ts';
import type { AnswerRow, EvidenceFile, ReviewRow } from './answers.store.ts';

/** Subject of the evidence of one certificate record; records count from 1. */
export function recordSubject(questionId: string, index: number): string {
  return `${questionId}#${index + 1}`;
}

export function isRecords(value: AnswerValue | undefined): value is readonly CertificateRecord[] {
  return Array.isArray(value) && typeof value[0] === 'object';
}

/**
 * Answers as the domain reads them. Evidence: the reviewer's word wins, else `attached` when a file is there that counts, else `none`;
 * a certificate record has its own evidence.
 */
export function collected(
  rows: readonly AnswerRow[],
  files: readonly Pick<EvidenceFile, 'subject' | 'scanState'>[],
  reviews: readonly Pick<ReviewRow, 'subject' | 'evidenceState' | 'naRejected'>[],
): Answers {
  const attached = new Set(files.filter(countsAsEvidence).map((file) => file.subject));
  const reviewed = new Map(reviews.map((review) => [review.subject, review]));
  const evidenceOf = (subject: string): EvidenceState =>
    reviewed.get(subject)?.evidenceState ?? (attached.has(subject) ? 'attached' : 'none');
  const answers: Record<string, Answer> = {};
  for (const { questionId, value, naReason, comment, plan, conditional } of rows) {
    answers[questionId] = {
      value: isRecords(value)
        ? value.map((record, index) => ({ ...record, evidence: evidenceOf(recordSubject(questionId, index)) }))
        : value,
      evidence: evidenceOf(questionId),
      ...(naReason === '' ? {} : { naReason }),
      ...(reviewed.get(questionId)?.naRejected ? { naRejected: true } : {}),
      ...(comment === '' ? {} : { comment }),
      ...(plan ? { plan } : {}),
      ...(conditional ? { conditional } : {}),
    };
  }
  return answers;
}

/** The customer's word on the conditions, by question id; those not settled are left out. */
export function settlementsOf(reviews: readonly Pick<ReviewRow, 'subject' | 'conditionHolds'>[]): Settlements {
  return Object.fromEntries(
    reviews.flatMap(({ subject, conditionHolds }) => (conditionHolds === null ? [] : [[subject, conditionHolds]])),
  );
}
