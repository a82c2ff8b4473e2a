import type { CertificateRecord } from '../questionnaire/answer.ts';
import type { CertificateStatus, Localized } from '../questionnaire/questionnaire.ts';
import type { CertificateResult } from '../scoring/evaluation.ts';
import type { Source } from './source.ts';
import { certificateTerm, type EvidenceCode, evidenceTerm, type Term } from './terms.ts';

/** Part 10. */
export type CertificateRow = {
  readonly ref: string;
  readonly kind: Localized;
  readonly number: string | null;
  readonly edition: string | null;
  readonly body: string | null;
  readonly scope: string | null;
  readonly scopeIncludesService: boolean | null;
  readonly registeredOn: string | null;
  readonly expires: string | null;
  readonly evidence: Term<EvidenceCode>;
  readonly status: Term<CertificateStatus>;
  readonly reason: Localized;
  readonly counts: boolean;
  readonly numberLooksWrong: boolean;
  /** The reviewer's words on this record. */
  readonly remark: string | null;
};

export function buildCertificates(source: Source): CertificateRow[] {
  return source.input.evaluation.why.certificates.map((result) => row(source, result));
}

function row(source: Source, result: CertificateResult): CertificateRow {
  const record = recordOf(source, result.ref);
  const kind = source.input.questionnaire.certificateKinds?.find((one) => one.id === result.kind);
  return {
    ref: result.ref,
    kind: kind?.label ?? { ja: result.kind, en: result.kind },
    number: record?.number ?? null,
    edition: record?.edition ?? null,
    body: [record?.certificationBody, record?.accreditationBody].filter(Boolean).join(' / ') || null,
    scope: record?.scope ?? null,
    scopeIncludesService: record?.scopeIncludesService ?? null,
    registeredOn: record?.registeredOn ?? null,
    expires: result.expires,
    evidence: evidenceTerm(record?.evidence ?? 'none'),
    status: certificateTerm(result.status),
    reason: result.reason,
    counts: result.counts,
    numberLooksWrong: result.numberLooksWrong,
    remark: source.reviews.get(result.ref)?.remark || null,
  };
}

/** `<question>#<place>`: the record at that place of the question's answer, counted from 1. */
function recordOf({ results }: Source, ref: string): CertificateRecord | undefined {
  const [id, place] = ref.split('#');
  const value = results.get(id ?? '')?.answer?.value;
  const record = Array.isArray(value) ? value[Number(place) - 1] : undefined;
  return typeof record === 'object' ? record : undefined;
}
