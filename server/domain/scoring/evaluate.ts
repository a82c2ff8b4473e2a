/** From answers to a result in which every number carries its reason. Pure: the date is an input, never the clock. */
import type { Scope } from '../questionnaire/checked-rule.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import type { Localized, Scoring } from '../questionnaire/questionnaire.ts';
import { walk } from '../questionnaire/visibility.ts';
import { certificateResults } from './certificates.ts';
import type { Case, CertificateResult, Evaluation, FindingResult, Issue, QuestionResult } from './evaluation.ts';
import { decideFinding } from './findings.ts';
import { certificateIssues, countIssues, findingIssues, legalIssues, questionIssues } from './issues.ts';
import { capFor, findingScope, gradeOf, issueScope, judge } from './judgement.ts';
import { decideLegal, type LegalDecision } from './legal.ts';
import { type Plan, planFor } from './plan.ts';
import { scoreQuestion } from './question-score.ts';
import { refuseBadCase } from './refuse-case.ts';
import { roundToTenth } from './rounding.ts';
import { SCORER_VERSION } from './scorer-version.ts';
import {
  answeredOnlyScore,
  coverageOf,
  rawScore,
  type ScoredSection,
  scoreSection,
  sectionDetails,
} from './sections.ts';

/** Scores a case. Throws CaseError for input that cannot be scored as it stands; it never turns bad input into a 0. */
export function evaluate(compiled: CompiledQuestionnaire, input: Case): Evaluation {
  refuseBadCase(compiled, input);
  const plan = planFor(compiled);
  const facts = weigh(compiled, plan, input);
  const { questions, findings, certificates, legal, knockouts, scope } = facts;
  const overall = conclude(plan, compiled.questionnaire.scoring, facts);
  const sections = sectionDetails(facts.sections);
  return {
    asOf: input.asOf,
    mode: input.mode,
    questionnaire: compiled.reference,
    scorerVersion: SCORER_VERSION,
    raw: overall.raw,
    score: overall.score,
    grade: overall.grade,
    coverage: overall.coverage,
    answeredOnly: answeredOnlyScore(questions),
    judgement: overall.judgement,
    knockouts,
    findings: Object.fromEntries(findings.map(({ id, status }) => [id, status])),
    legal: legal?.conclusion ?? null,
    overstatedClaims: plan.observations.some(({ flag, holds }) => flag === 'overstatedClaims' && holds(scope)),
    sections: sections.map(({ id, score }) => ({ id, score })),
    issues: overall.issues,
    issueCounts: countIssues(overall.issues),
    why: {
      questions,
      sections,
      certificates,
      findings,
      legalRule: legal?.rule.id ?? null,
      legalFactors: legal?.factors ?? [],
      cap: overall.cap,
      judgement: overall.reason,
    },
  };
}

/** What the answers say, before anything is judged. */
type Facts = {
  readonly questions: readonly QuestionResult[];
  readonly findings: readonly FindingResult[];
  readonly certificates: readonly CertificateResult[];
  readonly sections: readonly ScoredSection[];
  readonly legal: LegalDecision | null;
  readonly knockouts: readonly string[];
  /** Everything rules may read so far; each step adds to it. */
  readonly scope: Scope;
};

/** Scores the questions in the order they depend on each other, then settles conditions, findings and the legal conclusion. */
function weigh(compiled: CompiledQuestionnaire, plan: Plan, input: Case): Facts {
  const { evidenceMultipliers, sectionMinimumShare } = compiled.questionnaire.scoring;
  const questions: QuestionResult[] = new Array(compiled.questions.length);
  const { scope, views } = walk(compiled, (question, visibility) => {
    const scored = scoreQuestion(question, plan.rates[question.index]!, visibility, input, evidenceMultipliers);
    questions[question.index] = scored.result;
    return scored.view;
  });
  for (const { name, holds } of plan.conditions) scope[name] = holds(scope);
  scope.customerIsEntrustee = input.context?.customerIsEntrustee === true;
  const findings = plan.findings.map((finding) => decideFinding(finding, scope, views));
  const certificates = certificateResults(questions, plan.certificates, input.asOf);
  const sections = plan.sections.map((section) => scoreSection(section, questions, certificates, sectionMinimumShare));
  const legal = plan.legal === null ? null : decideLegal(plan.legal, scope);
  return { questions, findings, certificates, sections, legal, knockouts: knockoutsOf(findings, legal), scope };
}

type Overall = Pick<Evaluation, 'raw' | 'score' | 'grade' | 'coverage' | 'judgement' | 'issues'> & {
  readonly cap: Evaluation['why']['cap'];
  readonly reason: Localized;
};

/** Score, issues and judgement. Limits are compared with rounded numbers, as they are printed. */
function conclude(plan: Plan, scoring: Scoring, facts: Facts): Overall {
  const { scope, questions, findings, knockouts, legal } = facts;
  const raw = rawScore(facts.sections);
  Object.assign(scope, findingScope(findings, knockouts));
  const cap = capFor(plan.caps, scope);
  const score = roundToTenth(Math.min(raw, cap?.max ?? raw));
  const coverage = coverageOf(questions);
  const claimMismatch = legal?.conclusion.claimMismatch === true;
  Object.assign(scope, { score, coverage, legalCode: legal?.conclusion.code ?? '', claimMismatch });
  const issues = allIssues(plan, facts);
  Object.assign(scope, issueScope(issues, questions));
  const { judgement, reason } = judge(plan.judgements, scope);
  return {
    raw: roundToTenth(raw),
    score,
    grade: gradeOf(scoring.grades, score),
    coverage,
    issues,
    cap: cap === null ? null : { max: cap.max, reason: cap.reason },
    judgement,
    reason,
  };
}

/** Failed findings in file order; what the legal conclusion adds comes last. */
function knockoutsOf(findings: readonly FindingResult[], legal: LegalDecision | null): readonly string[] {
  const failed = findings.filter(({ status }) => status === 'fail').map(({ id }) => id);
  return legal?.rule.knockout === undefined ? failed : [...failed, legal.rule.knockout];
}

function allIssues({ issues }: Plan, { questions, certificates, findings, scope }: Facts): readonly Issue[] {
  const statuses = new Map(findings.map(({ id, status }) => [id, status]));
  return [
    ...questionIssues(issues, questions, statuses),
    ...certificateIssues(issues, certificates),
    ...findingIssues(issues, findings),
    ...legalIssues(issues, scope),
  ];
}
