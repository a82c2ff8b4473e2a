import type { Finding, Legal, Question, Questionnaire } from '../../domain/questionnaire/questionnaire.ts';
import type { PublishedQuestionnaire } from '../../services.ts';
import { headView } from './questionnaire-head.ts';

/** 採点方法: everything a score, a judgement and a finding rest on, for the customer. A vendor never sees this page. */
export function scoringView(published: PublishedQuestionnaire) {
  const { questionnaire } = published.compiled;
  const { scoring } = questionnaire;
  return {
    questionnaire: headView(published),
    sections: sectionWeights(questionnaire),
    sectionMinimum: Math.round(scoring.sectionMinimumShare * 100),
    multipliers: (['verified', 'attached', 'none', 'rejected'] as const).map((evidence) => ({
      evidence,
      factor: `${Math.round(scoring.evidenceMultipliers[evidence] * 100)}%`,
    })),
    caps: scoring.caps.map(({ max, reason }) => ({ max, reason })),
    grades: scoring.grades.map(({ grade, min }, at) => ({ grade, min, below: scoring.grades[at - 1]?.min ?? null })),
    judgements: scoring.judgements.map(({ judgement, reason }) => ({ judgement, reason })),
    findings: (questionnaire.findings ?? []).map(findingView),
    observations: (questionnaire.observations ?? []).map(({ id, title, statement, row }) => ({
      id,
      title,
      statement,
      questions: row.join(', '),
    })),
    legal: legalView(questionnaire.legal),
    duties: questionnaire.customerDuties?.duties.map(({ id, text }) => ({ id, text })) ?? [],
    certificates: (questionnaire.certificateKinds ?? []).map(({ label, points }) => ({ label, points })),
  };
}

function sectionWeights({ sections }: Questionnaire) {
  return sections.map(({ id, title, weight, questions }) => {
    const total = questions.reduce((sum, question) => sum + question.weight, 0);
    return { id, title, weight, total, questions: questions.map((question) => questionRow(question)) };
  });
}

function questionRow({ id, text, weight, evidence, finding, legalFact }: Question) {
  return {
    id,
    text,
    weight: weight > 0 ? weight : null,
    evidenceKey: `questionnaires.evidence.${evidence.level}`,
    finding: finding ?? null,
    legalFact: legalFact === true,
  };
}

function findingView({ id, title, statement, basis, row, rules, conclusions }: Finding) {
  const statuses = [...new Set(rules.map(({ status }) => status))];
  return {
    id,
    title,
    statement,
    basis: basis.join(', '),
    questions: row.join(', '),
    outcomes: statuses.flatMap((status) => {
      const words = conclusions[status];
      return words ? [{ status, words }] : [];
    }),
  };
}

/** The decision table in order: the first rule that fits decides. */
function legalView(legal: Legal | undefined) {
  if (!legal) return null;
  return { disclaimer: legal.disclaimer, rules: legal.rules.map(({ text }) => ({ text })) };
}
