import type { Problem } from '../../domain/questionnaire/problem.ts';
import type { Question } from '../../domain/questionnaire/questionnaire.ts';
import { AppError } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { type AnswerContent, type AnswerForm, digest, type Fields, postedForm } from './answer-form.ts';
import { readAnswer } from './answer-of-form.ts';
import type { Conflict } from './conflict.views.ts';
import type { OpenSection } from './open-section.usecases.ts';
import { saveAnswer } from './save-answer.usecases.ts';
import type { Refused } from './section.views.ts';
import { stillInvited } from './still-invited.ts';

/**
 * Saves what was typed on a section page, answer by answer: good ones are kept whatever happens to the others. A question nobody
 * touched is left alone. Resolves to what could not be saved, to be shown again as typed; throws AppError 409 `wrong_state`, and 401
 * `link_needed` when the link was revoked while the form with its files was still arriving.
 */
export async function saveSection(
  services: Services,
  respondent: RespondentPrincipal,
  { compiled, section, own }: OpenSection,
  fields: Fields,
): Promise<Refused> {
  await services.database.inOrganisation(respondent.organisationId, (db) => stillInvited(db, respondent));
  const refused = { forms: new Map(), problems: new Map(), conflicts: new Map() } satisfies Refused;
  for (const { question, sectionId } of compiled.order) {
    const form = sectionId === section.id && own.has(question.id) ? postedForm(question, fields) : null;
    if (!form) continue;
    const outcome = await saveForm(services, respondent, question, form);
    if (outcome.kind === 'saved') continue;
    refused.forms.set(question.id, outcome.form);
    if (outcome.kind === 'conflict') refused.conflicts.set(question.id, outcome.conflict);
    else refused.problems.set(question.id, outcome.problems);
  }
  return refused;
}

type Outcome =
  | { kind: 'saved' }
  | { kind: 'problems'; form: AnswerForm; problems: readonly Problem[] }
  | { kind: 'conflict'; form: AnswerForm; conflict: Conflict };

async function saveForm(
  services: Services,
  respondent: RespondentPrincipal,
  question: Question,
  form: AnswerForm,
): Promise<Outcome> {
  const read = readAnswer(question, form);
  if ('problems' in read) return { kind: 'problems', form, problems: read.problems };
  const mine = digest(read.answer);
  if (mine === form.was) return { kind: 'saved' };
  try {
    await saveAnswer(services, respondent, question.id, { revision: form.revision, ...read.answer });
    return { kind: 'saved' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Another answer on the same page has just made the question inapplicable: there is nothing left to save.
    if (error.code === 'hidden_question') return { kind: 'saved' };
    if (error.code === 'stale_revision') return clash(form, mine, error.details as StaleDetails);
    if (error.status === 422 || error.code === 'record_has_evidence')
      return { kind: 'problems', form, problems: problemsOf(error) };
    throw error;
  }
}

type StaleDetails = {
  yours: Conflict['yours'];
  current: (Conflict['current'] & AnswerContent) | null;
};

/** The form comes back based on the newer answer, so that saving it once more is a choice made with both texts in view. */
function clash(form: AnswerForm, mine: string, { yours, current }: StaleDetails): Outcome {
  if (!current) throw new Error('answers: a stale save without a current answer');
  const theirs = digest(current);
  if (theirs === mine) return { kind: 'saved' };
  return { kind: 'conflict', form: { ...form, revision: current.revision, was: theirs }, conflict: { yours, current } };
}

function problemsOf(error: AppError): readonly Problem[] {
  return error.fields.length > 0 ? error.fields : [{ path: '/value', message: error.publicMessage }];
}
