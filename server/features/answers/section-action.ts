import { questionOf } from '../../domain/questionnaire/own-questions.ts';
import { AppError } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { flagUnclear } from '../messages/ask.usecases.ts';
import { adoptPrefill, dismissPrefill } from './adopt-prefill.usecases.ts';
import { type Fields, postedForm } from './answer-form.ts';
import { dropRecord } from './drop-record.usecases.ts';
import { removeEvidence } from './evidence/evidence.usecases.ts';
import { fileSectionEvidence } from './evidence/section-evidence.usecases.ts';
import { type OpenSection, openSection } from './open-section.usecases.ts';
import type { PostedParts } from './posted-parts.ts';
import { saveAnswer } from './save-answer.usecases.ts';
import type { Refused } from './section.views.ts';

const questionVerbs = ['addRecord', 'clear', 'adopt', 'dismiss', 'ask', 'unclear'] as const;

/** Which button of the section form was pressed: `next`, `save`, or `<verb>:<what>`. */
export type PageAction =
  | { kind: 'save' }
  | { kind: 'next' }
  | { kind: (typeof questionVerbs)[number]; questionId: string }
  | { kind: 'dropRecord'; questionId: string; index: number }
  | { kind: 'removeFile'; id: string }
  | { kind: 'replaceFile'; id: string }
  | { kind: 'reuseFile'; subject: string };

/** Anything unknown means: save. */
export function readAction(fields: Fields): PageAction {
  const [verb, what = ''] = (fields.get('action')?.[0] ?? '').split(/:(.*)/s);
  if (verb === 'next') return { kind: 'next' };
  const onQuestion = questionVerbs.find((one) => one === verb);
  if (onQuestion) return { kind: onQuestion, questionId: what };
  if (verb === 'removeFile' || verb === 'replaceFile') return { kind: verb, id: what };
  if (verb === 'reuseFile') return { kind: verb, subject: what };
  const record = /^(.+)#(\d{1,3})$/.exec(what);
  if (verb === 'dropRecord' && record?.[1]) {
    return { kind: verb, questionId: record[1], index: Number(record[2]) - 1 };
  }
  return { kind: 'save' };
}

type Context = { open: OpenSection; posted: PostedParts; refused: Refused; action: PageAction };

/** `at` is the question the button was about; `locationRemoved`: a picture came without its place. */
export type Outcome = { refused: Refused; at: string | null; locationRemoved: boolean };

/** Files the posted evidence and does what the button says, once the answers are saved. */
export async function actOn(
  services: Services,
  respondent: RespondentPrincipal,
  { open, posted, refused, action }: Context,
): Promise<Outcome> {
  const problems = new Map(refused.problems);
  const forms = new Map(refused.forms);
  const replaces = action.kind === 'replaceFile' ? action.id : null;
  const filed = await fileSectionEvidence(services, respondent, { files: open.files, posted, replaces });
  for (const [id, problem] of filed.problems) problems.set(id, [...(problems.get(id) ?? []), problem]);
  const { unclear, locationRemoved } = filed;
  const at = await press(services, respondent, { open, posted, action }).catch((error) => {
    if (!(error instanceof AppError) || error.code === 'wrong_state' || !('questionId' in action)) throw error;
    problems.set(action.questionId, [{ path: '/value', message: error.publicMessage }]);
    return null;
  });
  // What could not be saved as typed has given way to what was taken.
  if (at && action.kind === 'adopt' && problems.delete(at)) forms.delete(at);
  return { refused: { forms, problems, conflicts: refused.conflicts, unclear }, at, locationRemoved };
}

/** Resolves to the id of the question the button belongs to. */
async function press(
  services: Services,
  respondent: RespondentPrincipal,
  { open, posted, action }: Omit<Context, 'refused'>,
): Promise<string | null> {
  if (action.kind === 'save' || action.kind === 'next') return null;
  if (action.kind === 'removeFile') return questionOf((await removeEvidence(services, respondent, action.id)).subject);
  if (action.kind === 'replaceFile') {
    const file = open.files.find(({ id }) => id === action.id);
    return file ? questionOf(file.subject) : null;
  }
  if (action.kind === 'reuseFile') return questionOf(action.subject);
  const { questionId } = action;
  const { rows } = await openSection(services, respondent, open.section.id);
  const row = rows.find((one) => one.questionId === questionId);
  if (row && action.kind === 'clear') {
    await saveAnswer(services, respondent, questionId, {
      revision: row.revision,
      value: null,
      plan: null,
      conditional: null,
    });
  }
  if (action.kind === 'unclear') await flagUnclear(services, respondent, questionId, '');
  if (action.kind === 'dismiss') await dismissPrefill(services, respondent, questionId);
  if (action.kind === 'adopt') {
    await adoptPrefill(
      services,
      respondent,
      questionId,
      seenRevision({ open, posted }, questionId, row?.revision ?? 0),
    );
  }
  if (row && action.kind === 'dropRecord' && Array.isArray(row.value) && action.index < row.value.length) {
    await dropRecord(services, respondent, questionId, { index: action.index, revision: row.revision });
  }
  return questionId;
}

/** The revision on the page, or `now` where only this very form has raised it since; anything else is a colleague's work. */
function seenRevision({ open, posted }: Pick<Context, 'open' | 'posted'>, questionId: string, now: number): number {
  const question = open.compiled.byId.get(questionId)?.question;
  const seen = (question && postedForm(question, posted.fields)?.revision) ?? 0;
  const before = open.rows.find((one) => one.questionId === questionId)?.revision ?? 0;
  return seen === before ? now : seen;
}
