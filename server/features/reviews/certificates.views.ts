import type { CertificateRecord } from '../../domain/questionnaire/answer.ts';
import type { CertificateStatus } from '../../domain/questionnaire/questionnaire.ts';
import { certificateTerm } from '../../domain/report/terms.ts';
import { subjectHref } from './addresses.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';

const tones: Record<CertificateStatus, string> = {
  valid: 'good',
  expiring: 'warning',
  scope_mismatch: 'warning',
  unverified: 'unknown',
  without_base: 'warning',
  expired: 'bad',
  superseded: 'bad',
  pending: 'neutral',
  rejected: 'bad',
};

/** Every certificate record with its standing on the evaluation date. */
export function certificateRows(work: AssessmentUnderReview) {
  const kinds = work.compiled.questionnaire.certificateKinds ?? [];
  return work.evaluation.why.certificates.map((result) => {
    const record = recordOf(work, result.ref);
    const subject = work.subjects.find(({ id }) => id === result.ref);
    return {
      ref: result.ref,
      href: subject ? subjectHref(work.assessment.id, subject) : null,
      kind: kinds.find(({ id }) => id === result.kind)?.label ?? { ja: result.kind, en: result.kind },
      number: record?.number ?? '',
      numberLooksWrong: result.numberLooksWrong,
      expires: result.expires,
      status: { label: certificateTerm(result.status).label, tone: tones[result.status] },
      reason: result.reason,
      evidence: subject?.state ?? 'none',
      counts: result.counts,
    };
  });
}

export type CertificateRow = ReturnType<typeof certificateRows>[number];

/** `<question>#<place>`: the record at that place of the answer, counted from 1. */
function recordOf({ collected }: AssessmentUnderReview, ref: string): CertificateRecord | undefined {
  const [id = '', place] = ref.split('#');
  const value = collected.answers[id]?.value;
  const record = Array.isArray(value) ? value[Number(place) - 1] : undefined;
  return typeof record === 'object' ? record : undefined;
}
