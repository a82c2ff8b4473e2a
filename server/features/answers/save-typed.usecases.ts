import { formatDate } from '../../adapters/template-helpers.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { snapshotFor } from '../assessments/snapshot.ts';
import { doesNotFit } from './answer-errors.ts';
import { digest, type Fields, postedForm } from './answer-form.ts';
import { readAnswer } from './answer-of-form.ts';
import { readOutline } from './answers.store.ts';
import { requireOwnSubject } from './own-part.ts';
import { type SavedAnswer, saveAnswer } from './save-answer.usecases.ts';

/** `was` is the digest the page sends along from now on; `understood` tells how a date was read. */
export type SavedTyped = SavedAnswer & { was: string; understood: Localized | null };

/**
 * Saves one question of the section page as it was typed there, read exactly as when the whole form is posted.
 * Throws what `saveAnswer` throws, and AppError 422 `answer_does_not_fit` for what cannot be read.
 */
export async function saveTyped(
  services: Services,
  respondent: RespondentPrincipal,
  questionId: string,
  fields: Fields,
): Promise<SavedTyped> {
  const { organisationId, assessmentId } = respondent;
  const compiled = await services.database.inOrganisation(organisationId, async (db) => {
    const outline = await readOutline(db, organisationId, assessmentId);
    if (!outline) throw notFound();
    await requireOwnSubject(db, respondent, outline, questionId);
    return snapshotFor(db, outline);
  });
  const asked = compiled.byId.get(questionId);
  const form = asked && postedForm(asked.question, fields);
  if (!form) throw notFound();
  const read = readAnswer(asked.question, form);
  if ('problems' in read) throw doesNotFit(read.problems);
  const { value } = read.answer;
  const saved = await saveAnswer(services, respondent, questionId, { revision: form.revision, ...read.answer });
  const isDay = asked.question.type === 'date' && typeof value === 'string' && /^\d/.test(value);
  return {
    ...saved,
    was: digest(read.answer),
    understood: isDay ? { ja: formatDate(value, 'ja'), en: formatDate(value, 'en') } : null,
  };
}
