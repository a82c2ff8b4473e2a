import type { Grade, Judgement, Localized, Severity } from '../questionnaire/questionnaire.ts';
import type { Mode } from '../scoring/evaluation.ts';
import type { ScoreRange } from '../scoring/score-range.ts';
import type { ReportInput } from './input.ts';
import { judgementTerm, modeTerm, severityTerm, type Term } from './terms.ts';

/** Part 2. Scores are 0–100; null where nothing applied. */
export type Summary = {
  readonly judgement: Term<Judgement>;
  readonly reason: Localized;
  readonly mode: Term<Mode>;
  readonly score: number;
  readonly raw: number;
  readonly grade: Grade;
  readonly grades: readonly { readonly grade: Grade; readonly min: number }[];
  readonly coverage: number;
  readonly answeredOnly: number | null;
  readonly cap: { readonly max: number; readonly reason: Localized } | null;
  readonly knockouts: readonly { readonly id: string; readonly title: Localized }[];
  readonly issueCounts: readonly { readonly severity: Term<Severity>; readonly count: number }[];
  readonly sections: readonly SectionBar[];
  readonly previous: PreviousComparison | null;
  /** Between what and what the score lies while conditions are not settled; absent when there is none. */
  readonly range?: ScoreRange['overall'] & { readonly unsettled: number };
};

export type SectionBar = {
  readonly id: string;
  readonly title: Localized;
  readonly weight: number;
  readonly score: number | null;
  readonly previous: number | null;
  readonly reason: Localized;
};
export type PreviousComparison = {
  readonly asOf: string;
  readonly reference: string | null;
  readonly judgement: Term<Judgement>;
  readonly score: number;
  readonly grade: Grade;
  readonly difference: number;
};

export function buildSummary(input: ReportInput): Summary {
  const { questionnaire, evaluation } = input;
  return {
    judgement: judgementTerm(evaluation.judgement),
    reason: evaluation.why.judgement,
    mode: modeTerm(evaluation.mode),
    score: evaluation.score,
    raw: evaluation.raw,
    grade: evaluation.grade,
    grades: questionnaire.scoring.grades,
    coverage: evaluation.coverage,
    answeredOnly: evaluation.answeredOnly,
    cap: evaluation.why.cap,
    knockouts: evaluation.knockouts.map((id) => ({ id, title: knockoutTitle(input, id) })),
    issueCounts: (['major', 'minor', 'observation', 'toConfirm'] as const).map((severity) => ({
      severity: severityTerm(severity),
      count: evaluation.issueCounts[severity],
    })),
    sections: sectionBars(input),
    previous: comparison(input),
    ...(input.range ? { range: { ...input.range.overall, unsettled: input.range.unsettled.length } } : {}),
  };
}

/** A knock-out is a finding, or the legal rule that names itself one. */
function knockoutTitle({ questionnaire }: ReportInput, id: string): Localized {
  const finding = questionnaire.findings?.find((one) => one.id === id);
  const rule = questionnaire.legal?.rules.find((one) => one.knockout === id);
  return finding?.title ?? rule?.text ?? { ja: id, en: id };
}

function sectionBars({ questionnaire, evaluation, previous }: ReportInput): SectionBar[] {
  const details = new Map(evaluation.why.sections.map((one) => [one.id, one]));
  const before = new Map((previous?.sections ?? []).map((one) => [one.id, one.score]));
  return questionnaire.sections.map((section) => ({
    id: section.id,
    title: section.title,
    weight: section.weight,
    score: evaluation.sections.find((one) => one.id === section.id)?.score ?? null,
    previous: before.get(section.id) ?? null,
    reason: details.get(section.id)?.reason ?? { ja: '', en: '' },
  }));
}

function comparison({ evaluation, previous }: ReportInput): PreviousComparison | null {
  if (!previous) return null;
  return {
    asOf: previous.asOf,
    reference: previous.reference ?? null,
    judgement: judgementTerm(previous.judgement),
    score: previous.score,
    grade: previous.grade,
    difference: Math.round((evaluation.score - previous.score) * 10) / 10,
  };
}
