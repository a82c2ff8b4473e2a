import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { stateOn } from '../../domain/assessment/states.ts';
import { progress } from '../../domain/questionnaire/progress.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import type { AssessmentView } from './answers.schemas.ts';
import { collectAnswers } from './answers.usecases.ts';
import { answerOf, evidenceOf, progressOf, questionnaireOf } from './respondent.views.ts';

/** The respondent's assessment with its own answers and files. Throws AppError 404, 409 `wrong_state`. */
export async function readRespondentAssessment(
  services: Services,
  { organisationId, assessmentId }: RespondentPrincipal,
): Promise<AssessmentView> {
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const [assessment, { answers, rows, files }] = await Promise.all([
      readAssessment(db, organisationId, assessmentId),
      collectAnswers(db, organisationId, assessmentId),
    ]);
    requireAllowed('respond.view', assessment, now);
    const compiled = compiledSnapshot(assessment);
    const shown = shownToRespondent(compiled, answers);
    const ids = compiled.questions.map(({ question }) => question.id);
    return {
      reference: assessment.reference,
      state: stateOn(assessment, tokyoDate(now)),
      dueOn: assessment.dueOn,
      questionnaire: questionnaireOf(compiled),
      answers: Object.fromEntries(rows.map((row) => [row.questionId, answerOf(row)])),
      evidence: files.map(evidenceOf),
      shown: ids.filter((id) => shown.has(id)),
      hidden: ids.filter((id) => !shown.has(id)),
      progress: progressOf(progress(compiled, answers, shown)),
    };
  });
}
