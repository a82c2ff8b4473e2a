/** Everything a report is made from. The reports feature fills it from the database, the report command from a case file. */
import type { ScanCode } from '../assessment/evidence-file.ts';
import type { Localized, Questionnaire } from '../questionnaire/questionnaire.ts';
import type { Evaluation } from '../scoring/evaluation.ts';
import type { ScoreRange } from '../scoring/score-range.ts';

/** `at` is a moment, ISO 8601; `approvalId` identifies an electronic approval. */
export type Signatory = {
  readonly name: string;
  readonly title?: string;
  readonly at?: string;
  readonly approvalId?: string;
};

/** Someone along the chain of entrustment, from the first entrustor down to a sub-entrustee. */
export type PartyRole = 'firstEntrustor' | 'customer' | 'vendor' | 'subEntrustee';
export type Party = {
  readonly role: PartyRole;
  readonly name: string;
  readonly nameEn?: string;
  readonly work?: string;
  readonly country?: string;
};

export type Organisation = {
  readonly name: string;
  readonly nameEn?: string;
  readonly isEntrustee?: boolean;
  readonly logo?: Logo;
};
/** A picture with its bytes in it (`data:image/png;base64,…`), so that the report needs nothing else; width and height in pixels. */
export type Logo = { readonly dataUri: string; readonly width: number; readonly height: number };
export type Vendor = {
  readonly name: string;
  readonly nameEn?: string;
  readonly corporateNumber?: string;
  readonly address?: string;
};
export type Service = {
  readonly name: string;
  readonly version?: string;
  readonly deliveryModel?: string;
  readonly entrustedWork?: string;
  readonly dataItems?: readonly string[];
  readonly dataSubjects?: number;
  readonly criticality?: string;
};

export type EvidenceFile = {
  readonly id: string;
  /** Question or certificate record it supports: `<question>` or `<question>#1`. */
  readonly subject: string;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
  readonly sha256: string;
  readonly uploadedAt: string;
  readonly uploadedBy: string;
  readonly state: 'attached' | 'verified' | 'rejected';
  readonly effectiveOn?: string;
  readonly expiresOn?: string;
  readonly scan?: ScanCode;
};

/** Proof the vendor says exists but cannot share: why, and how it may be seen instead, in its words. */
export type Withheld = { readonly subject: string; readonly reason: string };

export type Review = {
  readonly subject: string;
  readonly evidenceState?: 'attached' | 'verified' | 'rejected' | 'none';
  readonly naRejected?: boolean;
  readonly remark?: string;
  /** Why the condition of a conditional answer was found to hold or not. */
  readonly conditionReason?: string;
};

/** One line of the corrective plan, as far as it has been filled in; `ref` is that of the issue. */
export type Correction = {
  readonly ref: string;
  readonly cause?: string;
  readonly action?: string;
  readonly prevention?: string;
  readonly owner?: string;
  readonly dueOn?: string;
  readonly state?: 'open' | 'inProgress' | 'done' | 'verified';
  readonly verifiedBy?: string;
  readonly verifiedOn?: string;
};

export type DutyAnswer = 'yes' | 'no' | 'notYet';
export type HistoryEvent = {
  readonly at: string;
  readonly actor: string;
  readonly action: Localized;
  readonly detail?: string;
};
/** One submission: how many questions had been returned for it, and how many differ from the one before; 0 in the first. */
export type Round = {
  readonly round: number;
  readonly submittedAt: string;
  readonly receiptNumber: string;
  readonly returned: number;
  readonly changed: number;
};
export type PreviousEvaluation = { readonly reference?: string } & Pick<
  Evaluation,
  'asOf' | 'score' | 'grade' | 'judgement' | 'coverage' | 'sections' | 'issueCounts'
>;

export type ReportInput = {
  readonly number: string;
  readonly version: string;
  /** Moment of issue, ISO 8601. */
  readonly issuedAt: string;
  readonly questionnaire: Questionnaire;
  readonly questionnaireHash: string;
  readonly evaluation: Evaluation;
  /** Of the same case, while conditions are not settled. */
  readonly range?: ScoreRange;
  readonly organisation?: Organisation;
  readonly vendor?: Vendor;
  readonly service?: Service;
  readonly parties?: readonly Party[];
  readonly assessment?: {
    readonly reference?: string;
    readonly sentAt?: string;
    readonly submittedAt?: string;
    readonly finalisedAt?: string;
    readonly dueOn?: string;
    readonly period?: { readonly from: string; readonly to: string };
  };
  readonly attestation?: Signatory;
  readonly preparedBy?: Signatory;
  readonly reviewedBy?: Signatory;
  readonly approvedBy?: Signatory;
  readonly independence?: string;
  /** What was done beside the questionnaire and the review of evidence. */
  readonly furtherMethods?: readonly ('interview' | 'onSite')[];
  readonly evidenceFiles?: readonly EvidenceFile[];
  readonly withheld?: readonly Withheld[];
  readonly reviews?: readonly Review[];
  readonly corrections?: readonly Correction[];
  readonly duties?: Readonly<Record<string, DutyAnswer>>;
  readonly incident?: { readonly knownOn: string; readonly improperPurpose: boolean; readonly contacts?: string };
  readonly history?: readonly HistoryEvent[];
  readonly rounds?: readonly Round[];
  readonly previous?: PreviousEvaluation;
  /** Japanese public holidays as YYYY-MM-DD, at least for the 70 days after `asOf` and after the incident. */
  readonly holidays: readonly string[];
};
