import { formatDate } from '../../adapters/template-helpers.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';
import { fallsShort } from '../../domain/scoring/falls-short.ts';
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

/**
 * `was` is the digest the page sends along from now on; `understood` and `planUnderstood` tell how a date was read; `offersPlan`
 * whether there is something left to plan for.
 */
export type SavedTyped = SavedAnswer & {
  was: string;
  understood: Localized | null;
  planUnderstood: Localized | null;
  offersPlan: boolean;
};

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
  const { compiled, plans } = await services.database.inOrganisation(organisationId, async (db) => {
    const outline = await readOutline(db, organisationId, assessmentId);
    if (!outline) throw notFound();
    await requireOwnSubject(db, respondent, outline, questionId);
    return { compiled: await snapshotFor(db, outline), plans: outline.settings.plans };
  });
  const asked = compiled.byId.get(questionId);
  const form = asked && postedForm(asked.question, fields);
  if (!form) throw notFound();
  const read = readAnswer(asked.question, form);
  if ('problems' in read) throw doesNotFit(read.problems);
  const { value } = read.answer;
  const input = { revision: form.revision, ...read.answer };
  const saved = await saveAnswer(services, respondent, questionId, input, { advises: true });
  const isDay = asked.question.type === 'date' && typeof value === 'string' && /^\d/.test(value);
  return {
    ...saved,
    was: digest(read.answer),
    understood: isDay ? dayWords(value) : null,
    planUnderstood: read.answer.plan ? dayWords(read.answer.plan.by) : null,
    offersPlan: plans && fallsShort(compiled, asked, read.answer, tokyoDate(saved.savedAt)),
  };
}

function dayWords(day: string): Localized {
  return { ja: formatDate(day, 'ja'), en: formatDate(day, 'en') };
}
