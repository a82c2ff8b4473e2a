/** Section scores and the overall score. What does not apply leaves the denominator; what is not answered stays in it. */
import type { Localized, Section } from '../questionnaire/questionnaire.ts';
import { certificateScore } from './certificates.ts';
import type { CertificateResult, QuestionResult, SectionDetail } from './evaluation.ts';
import { percent, roundToTenth } from './rounding.ts';

export type SectionPlan = {
  readonly section: Section;
  /** Places of its questions in the file. */
  readonly questions: readonly number[];
  readonly fullWeight: number;
  /** Every question is about certificates: scored by points. */
  readonly isCertificates: boolean;
};

/** A section with its exact score, 0–1, or null where too little of it applies. */
export type ScoredSection = {
  readonly plan: SectionPlan;
  readonly score: number | null;
  readonly applicableWeight: number;
};

export function scoreSection(
  plan: SectionPlan,
  results: readonly QuestionResult[],
  certificates: readonly CertificateResult[],
  minimumShare: number,
): ScoredSection {
  if (plan.isCertificates) {
    const own = new Set(plan.section.questions.map((question) => question.id));
    const held = certificates.filter((one) => own.has(one.ref.slice(0, one.ref.lastIndexOf('#'))));
    return { plan, score: certificateScore(held), applicableWeight: 0 };
  }
  let applicableWeight = 0;
  let sum = 0;
  for (const index of plan.questions) {
    const result = results[index];
    if (result === undefined || result.score === null) continue;
    applicableWeight += result.weight;
    sum += result.weight * result.score;
  }
  const enough = applicableWeight > 0 && applicableWeight >= minimumShare * plan.fullWeight;
  return { plan, score: enough ? sum / applicableWeight : null, applicableWeight };
}

/** Weighted mean of the sections that have a score, 0–100, not rounded. With none of them it is 0: nothing shown, nothing earned. */
export function rawScore(sections: readonly ScoredSection[]): number {
  const total = scoredWeight(sections);
  const sum = sections.reduce((all, { plan, score }) => all + plan.section.weight * (score ?? 0), 0);
  return total === 0 ? 0 : (sum / total) * 100;
}

/** Weight of answered questions ÷ applicable weight, in percent. */
export function coverageOf(results: readonly QuestionResult[]): number {
  let applicable = 0;
  let answered = 0;
  for (const { weight, score, state } of results) {
    if (weight === 0 || score === null) continue;
    applicable += weight;
    if (state === 'answered') answered += weight;
  }
  return applicable === 0 ? 0 : percent(answered, applicable);
}

/** The score over answered questions alone; shown beside the official score and never judged by. Null with nothing answered. */
export function answeredOnlyScore(results: readonly QuestionResult[]): number | null {
  let weights = 0;
  let sum = 0;
  for (const { weight, score, state } of results) {
    if (weight === 0 || score === null || state !== 'answered') continue;
    weights += weight;
    sum += weight * score;
  }
  return weights === 0 ? null : percent(sum, weights);
}

/** How each section came to its score; `contribution` is what it adds to the overall score, in points. */
export function sectionDetails(sections: readonly ScoredSection[]): readonly SectionDetail[] {
  const total = scoredWeight(sections);
  return sections.map(({ plan, score, applicableWeight }) => ({
    id: plan.section.id,
    score: score === null ? null : roundToTenth(score * 100),
    weight: plan.section.weight,
    applicableWeight,
    fullWeight: plan.fullWeight,
    contribution: score === null ? null : roundToTenth(((plan.section.weight * score) / total) * 100),
    reason: sectionReason(plan, score, applicableWeight),
  }));
}

function sectionReason(plan: SectionPlan, score: number | null, applicableWeight: number): Localized {
  if (plan.isCertificates) {
    return {
      ja: '種別ごとに最も良い認証の点を合計（上限100％）',
      en: 'Points of the best record of each kind added up, at most 100%',
    };
  }
  const weights = {
    ja: `重み${plan.fullWeight}のうち${applicableWeight}が該当`,
    en: `${applicableWeight} of the weight of ${plan.fullWeight} applies`,
  };
  if (score !== null) return weights;
  return { ja: `${weights.ja}し、該当が少ないため採点から除外`, en: `${weights.en}, too little for a score` };
}

function scoredWeight(sections: readonly ScoredSection[]): number {
  return sections.reduce((total, { plan, score }) => total + (score === null ? 0 : plan.section.weight), 0);
}
