import { answerText } from '../../domain/questionnaire/answer-text.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';
import { confidenceTerm, findingTerm, legalTerm } from '../../domain/report/terms.ts';
import { questionHref } from './addresses.ts';
import { overallRangeView } from './conditions.views.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';

/** The result as it stands, with the sentence behind it. */
export function resultView(work: AssessmentUnderReview) {
  const { evaluation } = work;
  const { score, raw, grade, coverage, answeredOnly, judgement, why, asOf } = evaluation;
  const capped = why.cap !== null && raw > score;
  return {
    score: score.toFixed(1),
    grade,
    coverage: coverage.toFixed(1),
    answeredOnly: answeredOnly?.toFixed(1) ?? null,
    judgement,
    why: why.judgement,
    cap: capped && why.cap ? { raw: raw.toFixed(1), max: String(why.cap.max), reason: why.cap.reason } : null,
    asOf,
    range: overallRangeView(work),
    issues: (['major', 'minor', 'observation', 'toConfirm'] as const).map((severity) => ({
      severity,
      count: evaluation.issueCounts[severity],
    })),
  };
}

/** What the regulator found, beside how this service stands, in the order of the ids; each with the answers it rests on. */
export function findingRows(work: AssessmentUnderReview) {
  const { findings = [], observations = [] } = work.compiled.questionnaire;
  const { evaluation } = work;
  const decided = findings.map(({ id, title, row, conclusions }) => {
    const status = evaluation.findings[id] ?? 'unknown';
    const conclusion = conclusions[status] ?? findingTerm(status).label;
    return { id, title, status, observed: null, conclusion, answers: answersOf(work, row) };
  });
  const observed = observations.map(({ id, title, row, flag, conclusions }) => {
    const holds = evaluation[flag] ? 'observed' : 'clear';
    return {
      ...{ id, title, status: null, conclusion: conclusions[holds], answers: answersOf(work, row) },
      observed: { label: findingTerm(holds).label, tone: holds === 'observed' ? 'warning' : 'good' },
    };
  });
  return [...decided, ...observed].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

/** The legal conclusion with the answers it rests on; null when the questionnaire draws none. */
export function legalView(work: AssessmentUnderReview) {
  const { legal } = work.compiled.questionnaire;
  const { legal: conclusion, why } = work.evaluation;
  if (!legal || !conclusion) return null;
  const term = legalTerm(conclusion.code);
  const rule = legal.rules.find(({ id }) => id === why.legalRule);
  return {
    label: term.label,
    tone: legalTones[conclusion.code] ?? 'info',
    text: rule?.text ?? term.label,
    confidence: conclusion.confidence ? confidenceTerm(conclusion.confidence).label : null,
    mismatch: conclusion.claimMismatch ? legal.claimMismatchText : null,
    factors: why.legalFactors.map(({ label, restsOn }) => ({ label, answers: answersOf(work, restsOn) })),
    overlays: legal.overlays.filter(({ id }) => conclusion.overlays.includes(id)).map(({ label }) => label),
    disclaimer: legal.disclaimer,
  };
}

const legalTones: Readonly<Record<string, string>> = {
  ENTRUSTMENT: 'info',
  EXCEPTION_LIKELY: 'good',
  INSUFFICIENT: 'unknown',
  OUT_OF_SCOPE_USE: 'bad',
  NO_PERSONAL_DATA: 'off',
};

type QuotedAnswer = { id: string; text: Localized; answer: Localized; href: string };

/** The answers named, in words, with the way to them; questions that do not apply are left out. */
function answersOf(work: AssessmentUnderReview, ids: readonly string[]): QuotedAnswer[] {
  const kinds = work.compiled.questionnaire.certificateKinds ?? [];
  return ids.flatMap((id) => {
    const subject = work.subjects.find((one) => one.id === id);
    if (!subject) return [];
    const { question, sectionId } = subject;
    const answer = answerText(question, work.collected.answers[id]?.value, kinds);
    return [{ id, text: question.text, answer, href: questionHref(work.assessment.id, sectionId, id) }];
  });
}
