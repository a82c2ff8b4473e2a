import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { isOpen, stateOn } from '../../domain/assessment/states.ts';
import { ownQuestions } from '../../domain/questionnaire/own-questions.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { listAnswers, readOutline } from '../answers/answers.store.ts';
import { requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { snapshotFor } from '../assessments/snapshot.ts';

/** What the page offers to download: how many questions, how many of them answered. `isOpen`: answers may still be given. */
export async function readStart(services: Services, { organisationId, assessmentId, scope }: RespondentPrincipal) {
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const [outline, rows] = await Promise.all([
      readOutline(db, organisationId, assessmentId),
      listAnswers(db, organisationId, assessmentId),
    ]);
    if (!outline) throw notFound();
    requireAllowed('respond.view', outline, now);
    const own = ownQuestions(await snapshotFor(db, outline), scope);
    return {
      isOpen: isOpen(stateOn(outline, tokyoDate(now))),
      isReturned: outline.state === 'returned',
      reference: outline.reference,
      dueOn: outline.dueOn,
      questions: own.size,
      answered: rows.filter(({ questionId, value }) => own.has(questionId) && value !== null).length,
    };
  });
}
