import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { stateOn } from '../../domain/assessment/states.ts';
import { ownQuestions, questionOf, within } from '../../domain/questionnaire/own-questions.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { readReturnedRound } from '../rounds/returned-round.usecases.ts';
import { answerOf, evidenceOf } from './answer.replies.ts';
import type { AssessmentView } from './answers.schemas.ts';
import { collectGiven } from './answers.usecases.ts';
import { presentProgress } from './present-progress.ts';
import { progressOf, questionnaireOf } from './respondent.views.ts';

/** The respondent's part of its assessment with the answers and files in it. Throws AppError 404, 409 `wrong_state`. */
export async function readRespondentAssessment(
  services: Services,
  { organisationId, assessmentId, scope }: RespondentPrincipal,
): Promise<AssessmentView> {
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const [assessment, { answers, rows, files }] = await Promise.all([
      readAssessment(db, organisationId, assessmentId),
      collectGiven(db, organisationId, assessmentId),
    ]);
    requireAllowed('respond.view', assessment, now);
    const compiled = compiledSnapshot(assessment);
    const own = ownQuestions(compiled, scope);
    const shown = within(own, shownToRespondent(compiled, answers));
    const returned = await readReturnedRound(db, assessment, compiled);
    const ids = [...own];
    return {
      reference: assessment.reference,
      state: stateOn(assessment, tokyoDate(now)),
      dueOn: assessment.dueOn,
      questionnaire: questionnaireOf(compiled, own),
      answers: Object.fromEntries(
        rows.filter(({ questionId }) => own.has(questionId)).map((row) => [row.questionId, answerOf(row)]),
      ),
      evidence: files.filter(({ subject }) => own.has(questionOf(subject))).map(evidenceOf),
      shown: ids.filter((id) => shown.has(id)),
      hidden: ids.filter((id) => !shown.has(id)),
      progress: progressOf(presentProgress(compiled, { answers, rows, files }, shown, returned)),
    };
  });
}
