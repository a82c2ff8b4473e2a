/** What a questionnaire is: the shape of a `questionnaires/<id>.v<version>.yaml` file once it has been read and linted. */

/** The same words in every language of the questionnaire. */
export type Localized = { readonly ja: string; readonly en: string };

/** A boolean or string expression in CEL (Common Expression Language); see `questionnaires/README.md`. */
export type Expression = string;

export type QuestionType = 'single' | 'multi' | 'number' | 'date' | 'text' | 'certificates';
export type EvidenceLevel = 'none' | 'recommended' | 'required';
export type Severity = 'major' | 'minor' | 'observation' | 'toConfirm';
export type Grade = 'A' | 'B' | 'C' | 'D' | 'E';
export type Judgement = 'conform' | 'conditional' | 'nonconform' | 'pending';
export type FindingStatus = 'fail' | 'unknown' | 'partial' | 'unverified' | 'managed' | 'pass' | 'not_applicable';

/** One choice. `score` is 0–1; absent on facts. `fails` marks an answer that is itself a shortcoming. */
export type Option = {
  readonly value: string;
  readonly label: Localized;
  readonly score?: number;
  readonly fails?: true;
  readonly exclusive?: true;
};

/** The answer "none of it" where the question offers one; always the value `none`. */
export type NoneOption = { readonly label: Localized; readonly score?: number; readonly fails?: true };

/** First match wins; exactly one comparison a band. */
export type Band = {
  readonly gte?: number;
  readonly gt?: number;
  readonly lte?: number;
  readonly lt?: number;
  readonly score: number;
  readonly fails?: true;
};

/** `fraction`: selected ÷ `of`, failing below `failBelow`. `points`: sum of option scores up to `cap`. */
export type MultiScoring =
  | { readonly mode: 'fraction'; readonly of: number; readonly failBelow?: number }
  | { readonly mode: 'points'; readonly cap: number };

export type Question = {
  readonly id: string;
  readonly type: QuestionType;
  /** Share of the section; 0 for facts. */
  readonly weight: number;
  readonly text: Localized;
  /** 設問の意図: why this is asked. */
  readonly intent?: Localized;
  /** 回答例: what a good answer looks like. */
  readonly example?: Localized;
  readonly unit?: Localized;
  readonly showWhen?: Expression;
  readonly options?: readonly Option[];
  readonly none?: NoneOption;
  readonly multi?: MultiScoring;
  /** Bands on a number; `[]` or absent: a fact without a score. */
  readonly bands?: readonly Band[];
  /** Bands on the months elapsed from the date to `asOf`. */
  readonly monthBands?: readonly Band[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly integer?: true;
  readonly certificateKinds?: readonly string[];
  readonly evidence: { readonly level: EvidenceLevel; readonly hint?: Localized };
  /** Present where "not applicable" may be answered (with a reason). */
  readonly notApplicable?: { readonly hint?: Localized };
  /** A weight-0 question whose answer the legal conclusion rests on. */
  readonly legalFact?: true;
  /** The knock-out finding this question decides. */
  readonly finding?: string;
  readonly failureSeverity?: Severity;
  readonly references: readonly string[];
  readonly advice: Localized;
};

export type Section = {
  readonly id: string;
  readonly weight: number;
  readonly title: Localized;
  readonly description?: Localized;
  readonly questions: readonly Question[];
};

/** What the evaluator decides about one regulator finding: the first rule whose `when` holds. */
export type Finding = {
  readonly id: string;
  readonly code: string;
  readonly title: Localized;
  /** What the regulator stated. */
  readonly statement: Localized;
  readonly basis: readonly string[];
  /** Questions shown in the finding's row; rejected evidence on one of them turns pass/managed into unverified. */
  readonly row: readonly string[];
  readonly rules: readonly FindingRule[];
  /** One sentence for the report, per status. */
  readonly conclusions: Readonly<Partial<Record<FindingStatus, Localized>>>;
};
export type FindingRule = { readonly status: FindingStatus; readonly when?: Expression };

/** Noted beside the findings; never a knock-out. `flag` names the boolean in the evaluation. */
export type Observation = {
  readonly id: string;
  readonly code: string;
  readonly flag: 'overstatedClaims';
  readonly title: Localized;
  readonly statement: Localized;
  readonly basis: readonly string[];
  readonly row: readonly string[];
  readonly when: Expression;
  readonly conclusions: { readonly observed: Localized; readonly clear: Localized };
};

/** A reason the legal conclusion names; `when` absent means always. */
export type LegalFactor = {
  readonly id: string;
  readonly when?: Expression;
  readonly label: Localized;
  /** Answers the factor rests on, quoted in the report. */
  readonly restsOn: readonly string[];
};

export type LegalRule = {
  readonly id: string;
  readonly code: string;
  /** Sees every question plus `factors.<group>` (list of the ids that hold). Absent: always. */
  readonly when?: Expression;
  /** Groups whose factors are listed, in this order. */
  readonly factors: readonly string[];
  /** Listed when no factor of the groups holds. */
  readonly factorWhenNone?: string;
  /** CEL giving "high" or "medium"; absent: no confidence. */
  readonly confidence?: Expression;
  /** CEL giving the boolean `claimMismatch`; absent: the field is absent. */
  readonly claimMismatch?: Expression;
  readonly overlays: boolean;
  readonly operationalDefault?: string;
  /** Id added to the knock-outs, last, when this rule fires. */
  readonly knockout?: string;
  readonly text: Localized;
  readonly requiredActions: readonly Localized[];
};

export type Legal = {
  readonly basis: readonly string[];
  readonly disclaimer: Localized;
  readonly claimMismatchText: Localized;
  readonly factorGroups: Readonly<Record<string, readonly LegalFactor[]>>;
  readonly rules: readonly LegalRule[];
  readonly overlays: readonly {
    readonly id: string;
    readonly when: Expression;
    readonly label: Localized;
    readonly text: Localized;
  }[];
  /** Issue raised on the ref `LEGAL`, first match. Sees `legalCode`, `claimMismatch` and every question. */
  readonly issues: readonly { readonly when: Expression; readonly severity: Severity; readonly reason: Localized }[];
};

export type CertificateKind = {
  readonly id: string;
  readonly label: Localized;
  readonly points: number;
  readonly extends?: string;
  readonly supersededEditions?: { readonly before: number; readonly after: string };
  readonly monthsFromAuditPeriodEnd?: number;
  readonly monthsFromPeriodEnd?: number;
  readonly noExpiry?: true;
  readonly numberPattern?: string;
  readonly source?: Localized;
};

export type CertificateStatus =
  | 'valid'
  | 'expiring'
  | 'scope_mismatch'
  | 'unverified'
  | 'without_base'
  | 'expired'
  | 'superseded'
  | 'pending'
  | 'rejected';

export type Scoring = {
  /** Multiplier of a question's score where evidence is required. `rejected` also applies where it is recommended. */
  readonly evidenceMultipliers: Readonly<Record<EvidenceState, number>>;
  /** A section whose applicable weight falls below this share of its full weight has no score. */
  readonly sectionMinimumShare: number;
  /** First match; sees `knockouts` and `unknownFindings` (ints). */
  readonly caps: readonly { readonly when: Expression; readonly max: number; readonly reason: Localized }[];
  readonly grades: readonly { readonly grade: Grade; readonly min: number }[];
  /** First match; sees knockouts, unknownFindings, score, coverage, majors, minors, observations, toConfirms, findingStatuses, missingEvidence, legalCode and every question. */
  readonly judgements: readonly {
    readonly judgement: Judgement;
    readonly when?: Expression;
    readonly reason: Localized;
  }[];
  readonly issues: {
    readonly rejectedEvidence: Severity;
    readonly failingTagged: { readonly findingFails: Severity; readonly otherwise: Severity };
    /** Failing answer without a finding, by weight: first entry whose `min` is reached. */
    readonly failingByWeight: readonly { readonly min: number; readonly severity: Severity }[];
    readonly open: Severity;
    readonly missingEvidence: Severity;
    readonly lowScore: { readonly below: number; readonly severity: Severity };
    readonly findings: Readonly<Partial<Record<FindingStatus, Severity>>>;
    readonly certificates: Readonly<Partial<Record<CertificateStatus, Severity>>>;
  };
  readonly certificates: {
    readonly multipliers: Readonly<Record<CertificateStatus, number>>;
    readonly expiringWithinDays: number;
    /** Best first; the issue of a kind comes from its best record. */
    readonly order: readonly CertificateStatus[];
  };
  /** Days until a corrective action is due, by severity. */
  readonly dueDays: Readonly<Partial<Record<Severity, number>>>;
};

/** A question the customer answers about itself (F8); never scored into the vendor. */
export type CustomerDuty = {
  readonly id: string;
  readonly text: Localized;
  readonly basis: readonly string[];
  readonly showWhen?: 'customerIsEntrustee';
};
export type CustomerDuties = {
  readonly id: string;
  readonly code: string;
  readonly title: Localized;
  readonly statement: Localized;
  readonly basis: readonly string[];
  readonly duties: readonly CustomerDuty[];
  /** First match; sees `duties` (map of id to "yes" | "no" | "notYet") and `legalCode`; no vendor answers. */
  readonly rules: readonly FindingRule[];
  readonly conclusions: Readonly<Partial<Record<FindingStatus, Localized>>>;
};

/**
 * Answers that do not fit together, or not with what was answered before. It is shown at the first of `questions` that is
 * answered, and links the others. With `each` instead, the rule is asked for every question listed, which it calls `it`, and its earlier answer `before`.
 */
export type Contradiction = {
  readonly id: string;
  readonly when: Expression;
  readonly questions?: readonly string[];
  readonly each?: readonly string[];
  /** What does not fit. */
  readonly message: Localized;
  /** What would mend it. */
  readonly remedy: Localized;
  /** The finding it touches. */
  readonly finding?: string;
};

/** A cited authority: law article, guideline section, standard. Rows, because law changes. */
export type Reference = {
  readonly id: string;
  readonly label: Localized;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly url?: string;
};

export type Questionnaire = {
  readonly format: 'kantoku/questionnaire/1';
  readonly id: string;
  readonly version: string;
  readonly languages: readonly ('ja' | 'en')[];
  readonly title: Localized;
  readonly description: Localized;
  readonly audience: 'vendor' | 'customer';
  /** Date on which the cited law and guidelines were checked, and a note on law passed but not in force. */
  readonly lawAsOf?: { readonly date: string; readonly note: Localized };
  readonly estimatedMinutes?: number;
  /** Named boolean sub-expressions usable in every other expression. */
  readonly conditions?: Readonly<Record<string, Expression>>;
  readonly sections: readonly Section[];
  readonly certificateKinds?: readonly CertificateKind[];
  readonly scoring: Scoring;
  readonly findings?: readonly Finding[];
  readonly observations?: readonly Observation[];
  readonly legal?: Legal;
  readonly customerDuties?: CustomerDuties;
  readonly contradictions?: readonly Contradiction[];
  readonly references?: readonly Reference[];
};

export type EvidenceState = 'none' | 'attached' | 'verified' | 'rejected';
