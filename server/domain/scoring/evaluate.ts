/** From answers to a result in which every number carries its reason. Pure: the date is an input, never the clock. */
import { isCalendarDate } from '../questionnaire/calendar-date.ts';
import type { CompiledQuestionnaire, Scope } from '../questionnaire/compile.ts';
import { pointer } from '../questionnaire/problem.ts';
import { walk } from '../questionnaire/visibility.ts';
import { CaseError } from './case-error.ts';
import { certificateResults } from './certificates.ts';
import type { Case, CertificateResult, Evaluation, FindingResult, Issue, QuestionResult } from './evaluation.ts';
import { decideFinding } from './findings.ts';
import { certificateIssues, countIssues, findingIssues, legalIssues, questionIssues } from './issues.ts';
import { capFor, findingScope, gradeOf, issueScope, judge } from './judgement.ts';
import { decideLegal, type LegalDecision } from './legal.ts';
import { type Plan, planFor } from './plan.ts';
import { scoreQuestion } from './question-score.ts';
import { roundToTenth } from './rounding.ts';
import { SCORER_VERSION } from './scorer-version.ts';
import { answeredOnlyScore, coverageOf, rawScore, scoreSection, sectionDetails } from './sections.ts';

/** Scores a case. Throws CaseError for input that cannot be scored as it stands; it never turns bad input into a 0. */
export function evaluate(compiled: CompiledQuestionnaire, input: Case): Evaluation {
  refuseBadCase(compiled, input);
  const plan = planFor(compiled);
  const { questions, scope, findings } = answersAndFindings(compiled, plan, input);
  const certificates = certificateResults(questions, plan.certificates, input.asOf);
  const { scoring } = compiled.questionnaire;
  const sections = plan.sections.map((one) => scoreSection(one, questions, certificates, scoring.sectionMinimumShare));

  scope.customerIsEntrustee = input.context?.customerIsEntrustee === true;
  const legal = plan.legal === null ? null : decideLegal(plan.legal, scope);
  const knockouts = knockoutsOf(findings, legal);
  const raw = rawScore(sections);
  Object.assign(scope, findingScope(findings, knockouts));
  const cap = capFor(plan.caps, scope);
  const score = roundToTenth(Math.min(raw, cap?.max ?? raw));
  const coverage = coverageOf(questions);

  Object.assign(scope, {
    score,
    coverage,
    legalCode: legal?.conclusion.code ?? '',
    claimMismatch: legal?.conclusion.claimMismatch === true,
  });
  const issues = allIssues(plan, questions, certificates, findings, scope);
  Object.assign(scope, issueScope(issues, questions));
  const { judgement, reason } = judge(plan.judgements, scope);
  const details = sectionDetails(sections);
  return {
    asOf: input.asOf,
    mode: input.mode,
    questionnaire: compiled.reference,
    scorerVersion: SCORER_VERSION,
    raw: roundToTenth(raw),
    score,
    grade: gradeOf(scoring.grades, score),
    coverage,
    answeredOnly: answeredOnlyScore(questions),
    judgement,
    knockouts,
    findings: Object.fromEntries(findings.map(({ id, status }) => [id, status])),
    legal: legal?.conclusion ?? null,
    overstatedClaims: plan.observations.some(({ flag, holds }) => flag === 'overstatedClaims' && holds(scope)),
    sections: details.map(({ id, score }) => ({ id, score })),
    issues,
    issueCounts: countIssues(issues),
    why: {
      questions,
      sections: details,
      certificates,
      findings,
      legalRule: legal?.rule.id ?? null,
      legalFactors: legal?.factors ?? [],
      cap: cap === null ? null : { max: cap.max, reason: cap.reason },
      judgement: reason,
    },
  };
}

function refuseBadCase(compiled: CompiledQuestionnaire, input: Case): void {
  if (!isCalendarDate(input.asOf)) {
    const text = {
      ja: '評価基準日 asOf は実在する日をYYYY-MM-DDの形で指定してください。',
      en: 'Give asOf as a real date written YYYY-MM-DD.',
    };
    throw new CaseError('invalid_case', text, '/asOf');
  }
  if (input.mode !== 'provisional' && input.mode !== 'final') {
    const text = { ja: 'mode は provisional か final で指定してください。', en: 'Give mode as provisional or final.' };
    throw new CaseError('invalid_case', text, '/mode');
  }
  for (const id of Object.keys(input.answers)) {
    if (compiled.byId.has(id)) continue;
    const text = {
      ja: `設問 ${id} はこの質問票にありません。設問IDを確かめてください。`,
      en: `This questionnaire has no question ${id}. Check the id.`,
    };
    throw new CaseError('unknown_question', text, pointer('answers', id));
  }
}

type Settled = {
  readonly questions: readonly QuestionResult[];
  readonly scope: Scope;
  readonly findings: readonly FindingResult[];
};

/** Scores the questions in the order they depend on each other, then settles conditions and findings. */
function answersAndFindings(compiled: CompiledQuestionnaire, plan: Plan, input: Case): Settled {
  const { evidenceMultipliers } = compiled.questionnaire.scoring;
  const questions: QuestionResult[] = new Array(compiled.questions.length);
  const { scope, views } = walk(compiled, (question, visibility) => {
    const scored = scoreQuestion(question, plan.rates[question.index]!, visibility, input, evidenceMultipliers);
    questions[question.index] = scored.result;
    return scored.view;
  });
  for (const { name, holds } of plan.conditions) scope[name] = holds(scope);
  return { questions, scope, findings: plan.findings.map((finding) => decideFinding(finding, scope, views)) };
}

/** Failed findings in file order; what the legal conclusion adds comes last. */
function knockoutsOf(findings: readonly FindingResult[], legal: LegalDecision | null): readonly string[] {
  const failed = findings.filter(({ status }) => status === 'fail').map(({ id }) => id);
  return legal?.rule.knockout === undefined ? failed : [...failed, legal.rule.knockout];
}

function allIssues(
  { issues }: Plan,
  questions: readonly QuestionResult[],
  certificates: readonly CertificateResult[],
  findings: readonly FindingResult[],
  scope: Scope,
): readonly Issue[] {
  const statuses = new Map(findings.map(({ id, status }) => [id, status]));
  return [
    ...questionIssues(issues, questions, statuses),
    ...certificateIssues(issues, certificates),
    ...findingIssues(issues, findings),
    ...legalIssues(issues, scope),
  ];
}
