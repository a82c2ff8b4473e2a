import type { Transaction } from '../../../../db/client.ts';
import { questionOf } from '../../../domain/questionnaire/own-questions.ts';
import { shownToRespondent } from '../../../domain/questionnaire/visibility.ts';
import type { RespondentPrincipal } from '../../../plugins/sessions.ts';
import { type Assessment, lockAssessment, requireAllowed } from '../../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../../assessments/snapshot.ts';
import { requireOpenQuestion } from '../../rounds/returned-round.usecases.ts';
import { collectGiven } from '../answers.usecases.ts';
import { isRecords, recordSubject } from '../collected.ts';
import { requireOwnSubject } from '../own-part.ts';
import { stillInvited } from '../still-invited.ts';
import { unknownSubject } from './evidence-errors.ts';

/**
 * Every change of a file passes here: locks the assessment and throws unless this person may change the files of `subject` now.
 * AppError 401 `link_needed` when the link was revoked meanwhile, 409 `wrong_state` or `not_returned`, 404 for what is not in this
 * person's part.
 */
export async function lockForFiles(
  db: Transaction,
  respondent: RespondentPrincipal,
  subject: string,
  at: Date,
): Promise<Assessment> {
  const assessment = await lockAssessment(db, respondent.organisationId, respondent.assessmentId);
  const person = await stillInvited(db, respondent);
  requireAllowed('respond.answer', assessment, at);
  await requireOwnSubject(db, person, assessment, subject);
  await requireOpenQuestion(db, assessment, compiledSnapshot(assessment), questionOf(subject));
  return assessment;
}

/** The files of the assessment; AppError 422 `unknown_subject` unless `subject` is a question shown now, or a saved record. */
export async function requireSubject(db: Transaction, assessment: Assessment, subject: string) {
  const { answers, files } = await collectGiven(db, assessment.organisationId, assessment.id);
  const compiled = compiledSnapshot(assessment);
  const asked = compiled.byId.get(questionOf(subject));
  if (!asked || !shownToRespondent(compiled, answers).has(asked.question.id)) throw unknownSubject();
  const { id, type } = asked.question;
  const value = answers[id]?.value;
  const records = type === 'certificates' && isRecords(value) ? value : [];
  const subjects = type === 'certificates' ? records.map((_, index) => recordSubject(id, index)) : [id];
  if (!subjects.includes(subject)) throw unknownSubject();
  return files;
}
