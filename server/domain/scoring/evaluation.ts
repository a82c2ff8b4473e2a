/** The result of `evaluate`: every number carries the answer, evidence and rule that produced it. */
import type { Answer, Answers, Visibility } from '../questionnaire/answer.ts';
import type {
  CertificateStatus,
  FindingStatus,
  Grade,
  Judgement,
  Localized,
  Severity,
} from '../questionnaire/questionnaire.ts';

export type Mode = 'provisional' | 'final';

/** `asOf` is the evaluation date, YYYY-MM-DD in Asia/Tokyo; never the clock. */
export type Case = {
  readonly asOf: string;
  readonly mode: Mode;
  readonly context?: { readonly customerIsEntrustee?: boolean };
  readonly answers: Answers;
};

export type AnswerState = 'answered' | 'unknown' | 'na' | 'invalidNa' | 'unanswered' | 'hidden';
export type EvidenceFlag = 'missing' | 'unreviewed' | 'rejected';

/** How one question was scored. Scores are 0–1; null for facts and for what leaves the denominator. */
export type QuestionResult = {
  readonly id: string;
  readonly visibility: Visibility;
  readonly state: AnswerState;
  readonly answer: Answer | undefined;
  readonly weight: number;
  readonly fails: boolean;
  readonly scoreBeforeEvidence: number | null;
  readonly multiplier: number;
  readonly score: number | null;
  readonly flag: EvidenceFlag | null;
  /** The rule that gave the score, as a sentence. */
  readonly reason: Localized;
};

export type CertificateResult = {
  /** `CRT-01#1`: question id and 1-based place in its list. */
  readonly ref: string;
  readonly kind: string;
  readonly status: CertificateStatus;
  readonly expires: string | null;
  readonly points: number;
  readonly multiplier: number;
  /** True when this record gives its kind's points. */
  readonly counts: boolean;
  readonly numberLooksWrong: boolean;
  readonly reason: Localized;
};

export type FindingResult = {
  readonly id: string;
  readonly status: FindingStatus;
  readonly rule: number;
  readonly reason: Localized;
};
export type LegalFactorResult = { readonly id: string; readonly label: Localized; readonly restsOn: readonly string[] };
export type LegalConclusion = {
  readonly code: string;
  readonly claimMismatch?: boolean;
  readonly confidence?: 'high' | 'medium';
  readonly factors: readonly string[];
  readonly overlays: readonly string[];
  readonly operationalDefault?: string;
};
export type Issue = { readonly ref: string; readonly severity: Severity; readonly reason: Localized };
export type SectionResult = { readonly id: string; readonly score: number | null };
export type SectionDetail = SectionResult & {
  readonly weight: number;
  readonly applicableWeight: number;
  readonly fullWeight: number;
  readonly contribution: number | null;
  readonly reason: Localized;
};

/** Field names and rounding of the first block are those of the scoring command. */
export type Evaluation = {
  readonly asOf: string;
  readonly mode: Mode;
  /** `<id>@<version>` */
  readonly questionnaire: string;
  readonly scorerVersion: string;
  readonly raw: number;
  readonly score: number;
  readonly grade: Grade;
  readonly coverage: number;
  readonly answeredOnly: number | null;
  readonly judgement: Judgement;
  readonly knockouts: readonly string[];
  readonly findings: Readonly<Record<string, FindingStatus>>;
  readonly legal: LegalConclusion | null;
  readonly overstatedClaims: boolean;
  readonly sections: readonly SectionResult[];
  readonly issues: readonly Issue[];
  readonly issueCounts: Readonly<Record<Severity, number>>;

  /** Why: not printed by the scoring command unless asked for. */
  readonly why: {
    readonly questions: readonly QuestionResult[];
    readonly sections: readonly SectionDetail[];
    readonly certificates: readonly CertificateResult[];
    readonly findings: readonly FindingResult[];
    readonly legalRule: string | null;
    readonly legalFactors: readonly LegalFactorResult[];
    readonly cap: { readonly max: number; readonly reason: Localized } | null;
    readonly judgement: Localized;
  };
};
