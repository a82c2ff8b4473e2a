import type { Localized } from '../questionnaire/questionnaire.ts';
import type { Mode } from '../scoring/evaluation.ts';
import type { Logo, ReportInput, Signatory } from './input.ts';
import { modeTerm, type Term } from './terms.ts';

/** Part 0. Names are null where nothing was given: the page then says so. */
export type Cover = {
  readonly customer: Localized | null;
  readonly vendor: Localized | null;
  readonly service: Localized | null;
  readonly asOf: string;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly issuedAt: string;
  readonly mode: Term<Mode>;
  readonly reference: string | null;
  /** Of the customer; absent where there was none, and in reports issued before there were logos. */
  readonly logo?: Logo;
};

/** Part 1. What was not given is null and prints as a line to write on. */
export type Signature = {
  readonly name: string;
  readonly title: string | null;
  readonly at: string | null;
  readonly approvalId: string | null;
};
export type Approval = {
  readonly preparedBy: Signature | null;
  readonly reviewedBy: Signature | null;
  readonly approvedBy: Signature | null;
  readonly attestation: Signature | null;
};

export function buildCover(input: ReportInput): Cover {
  const { organisation, vendor, service, assessment, evaluation } = input;
  return {
    customer: named(organisation),
    vendor: named(vendor),
    service: service ? same([service.name, service.version].filter(Boolean).join(' ')) : null,
    asOf: evaluation.asOf,
    period: assessment?.period ?? null,
    issuedAt: input.issuedAt,
    mode: modeTerm(evaluation.mode),
    reference: assessment?.reference ?? null,
    ...(organisation?.logo ? { logo: organisation.logo } : {}),
  };
}

export function buildApproval({ preparedBy, reviewedBy, approvedBy, attestation }: ReportInput): Approval {
  return {
    preparedBy: signature(preparedBy),
    reviewedBy: signature(reviewedBy),
    approvedBy: signature(approvedBy),
    attestation: signature(attestation),
  };
}

function signature(signatory: Signatory | undefined): Signature | null {
  if (!signatory) return null;
  const { name, title = null, at = null, approvalId = null } = signatory;
  return { name, title, at, approvalId };
}

/** A name in both languages; the Japanese one where there is no English one. */
export function named(party: { readonly name: string; readonly nameEn?: string } | undefined): Localized | null {
  return party ? { ja: party.name, en: party.nameEn ?? party.name } : null;
}

/** Words of the parties themselves, which nobody translates. */
export function same(text: string): Localized {
  return { ja: text, en: text };
}
