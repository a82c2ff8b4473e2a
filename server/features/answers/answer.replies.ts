/** One answer and one file as the JSON API gives them, to the vendor and, once handed in, to the customer. Pure. */
import { scanCode } from '../../domain/assessment/evidence-file.ts';
import type { AssessmentView } from './answers.schemas.ts';
import type { AnswerRow, EvidenceFile } from './answers.store.ts';

export function answerOf(row: AnswerRow): AssessmentView['answers'][string] {
  const { revision, value, naReason, comment, withheld, plan, conditional, updatedAt, updatedBy } = row;
  const addOns = { ...(plan ? { plan } : {}), ...(conditional ? { conditional } : {}) };
  return { revision, value, naReason, comment, withheld, ...addOns, updatedAt: updatedAt.toISOString(), updatedBy };
}

export function evidenceOf(file: EvidenceFile): AssessmentView['evidence'][number] {
  const { id, subject, name, mediaType, size, sha256, effectiveOn, expiresOn, uploadedAt, uploadedBy } = file;
  const dates = { effectiveOn, expiresOn, uploadedAt: uploadedAt.toISOString() };
  return { id, subject, name, mediaType, size, sha256, scan: scanCode(file), ...dates, uploadedBy };
}
