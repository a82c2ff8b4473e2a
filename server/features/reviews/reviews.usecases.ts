import type { Transaction } from '../../../db/client.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { evaluate } from '../../domain/scoring/evaluate.ts';
import type { Evaluation, Mode } from '../../domain/scoring/evaluation.ts';
import { invalid } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { collectAnswers } from '../answers/answers.usecases.ts';
import { compiledSnapshot } from '../answers/snapshot.ts';
import { type Assessment, readAssessment } from '../assessments/assessment-state.usecases.ts';

export type Collected = Awaited<ReturnType<typeof collectAnswers>>;
export type AssessmentUnderReview = {
  assessment: Assessment;
  compiled: CompiledQuestionnaire;
  collected: Collected;
  evaluation: Evaluation;
};

/** What a reviewer works on: the submitted answers and their evaluation as it stands, at `asOf` or today. */
export async function readUnderReview(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  options: { asOf?: string; mode?: Mode } = {},
): Promise<AssessmentUnderReview> {
  return services.database.inOrganisation(principal.organisationId, async (db) => {
    const assessment = await readAssessment(db, principal.organisationId, assessmentId);
    if (!assessment.submittedAt) throw notSubmitted();
    const asOf = options.asOf ?? assessment.asOf ?? tokyoDate(services.clock.now());
    return evaluateNow(db, assessment, asOf, options.mode ?? 'final');
  });
}

export async function evaluateNow(
  db: Transaction,
  assessment: Assessment,
  asOf: string,
  mode: Mode,
): Promise<AssessmentUnderReview> {
  const compiled = compiledSnapshot(assessment);
  const collected = await collectAnswers(db, assessment.organisationId, assessment.id);
  const context = { customerIsEntrustee: assessment.customerIsEntrustee };
  return {
    assessment,
    compiled,
    collected,
    evaluation: evaluate(compiled, { asOf, mode, context, answers: collected.answers }),
  };
}

function notSubmitted() {
  return invalid({
    ja: '回答はまだ提出されていません。提出されるまで、回答の内容は表示されません。',
    en: 'The answers have not been submitted yet. They can be read once they have been.',
  });
}
