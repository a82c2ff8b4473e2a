import type { Answer, Answers, AnswerValue, CertificateRecord } from '../../domain/questionnaire/answer.ts';
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
 * Answers as the domain reads them. Evidence: the reviewer's word wins, else `attached` when a file is there, else `none`;
 * a certificate record has its own evidence.
 */
export function collected(
  rows: readonly AnswerRow[],
  files: readonly Pick<EvidenceFile, 'subject'>[],
  reviews: readonly Pick<ReviewRow, 'subject' | 'evidenceState' | 'naRejected'>[],
): Answers {
  const attached = new Set(files.map((file) => file.subject));
  const reviewed = new Map(reviews.map((review) => [review.subject, review]));
  const evidenceOf = (subject: string): EvidenceState =>
    reviewed.get(subject)?.evidenceState ?? (attached.has(subject) ? 'attached' : 'none');
  const answers: Record<string, Answer> = {};
  for (const { questionId, value, naReason, comment } of rows) {
    answers[questionId] = {
      value: isRecords(value)
        ? value.map((record, index) => ({ ...record, evidence: evidenceOf(recordSubject(questionId, index)) }))
        : value,
      evidence: evidenceOf(questionId),
      ...(naReason === '' ? {} : { naReason }),
      ...(reviewed.get(questionId)?.naRejected ? { naRejected: true } : {}),
      ...(comment === '' ? {} : { comment }),
    };
  }
  return answers;
}
