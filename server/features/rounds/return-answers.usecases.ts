import { reportHash } from '../../adapters/report-hash.ts';
import { paragraphs } from '../../domain/assessment/typed-input.ts';
import { AppError, conflict, type InvalidField, invalid } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import {
  type Assessment,
  bumpPages,
  lockAssessment,
  moveAssessment,
  requireAllowed,
} from '../assessments/assessment-state.usecases.ts';
import { dueDateProblems } from '../assessments/assessments.input.ts';
import { writeTo } from '../assessments/correspondence.usecases.ts';
import { activeLinkAddress } from '../assessments/links.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { actorOf } from '../audit/audit.store.ts';
import { problem, tooLong } from '../vendors/vendors.input.ts';
import { listAffected, mailAffected } from './colleague.mails.ts';
import { listFlagged } from './flag-question.usecases.ts';
import { handedIn } from './handed-in.usecases.ts';
import { clearOwnDates, insertReturn, type ReturnedQuestion } from './returns.store.ts';

const LONGEST_NOTE = 2_000;

/** `dueOn` as read by `calendarDay`; `seen` is the fingerprint of the questions that were on the page. */
export type ReturnInput = { dueOn: string | null; note: string; seen: string };

/**
 * Returns the flagged questions to the vendor (差戻し): a new round begins, with a new date, and the contact and the
 * colleagues concerned are told. AppError 400
 * for the date or the note, 409 `nothing_flagged`, `flags_changed`, `no_link` or `wrong_state`.
 */
export async function returnAnswers(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  input: ReturnInput,
): Promise<void> {
  const { organisationId, memberId } = principal;
  const at = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    requireAllowed('assessments.return', assessment, at);
    const flagged = inOrder(assessment, await listFlagged(db, assessment));
    requireFlagged(flagged, input.seen);
    const { dueOn, note } = checked(input, at);
    await handedIn(db, assessment);
    const link = await activeLinkAddress(services, db, assessment);
    const round = assessment.round + 1;
    await insertReturn(db, {
      ...{ organisationId, assessmentId, round, note, dueOn },
      ...{ returnedAt: at, returnedBy: memberId, withdrawnAt: null },
    });
    const affected = await listAffected(db, assessment, flagged);
    await clearOwnDates(db, { organisationId, assessmentId, round });
    const questions = flagged.map(({ questionId }) => questionId);
    const returned = await moveAssessment(db, assessment, 'return', {
      actor: actorOf(principal),
      at,
      details: { round, dueOn, previousDueOn: assessment.dueOn, questions },
      changes: { round, dueOn },
    });
    await bumpPages(db, organisationId, assessmentId);
    const words = questionsFor(assessment, flagged);
    await writeTo(services, db, principal, returned, 'returned', { link, note, questions: words });
    await mailAffected(services, db, { assessment: returned, round }, 'part-returned', affected);
  });
}

/** Whether the answers were returned meanwhile: the second press of the button. */
export function isAlreadyReturned(error: unknown): boolean {
  return error instanceof AppError && error.code === 'wrong_state' && error.details.state === 'returned';
}

/** The same for the same questions with the same reasons. */
export function fingerprintOf(flagged: readonly ReturnedQuestion[]): string {
  return reportHash(flagged.map(({ questionId, reason }) => [questionId, reason]));
}

/** In the order of the questionnaire. */
export function inOrder(assessment: Assessment, flagged: readonly ReturnedQuestion[]): ReturnedQuestion[] {
  const { byId } = compiledSnapshot(assessment);
  const place = ({ questionId }: ReturnedQuestion) => byId.get(questionId)?.index ?? 0;
  return [...flagged].sort((a, b) => place(a) - place(b));
}

/** As the mail tells them, in the contact's language. */
export function questionsFor(assessment: Assessment, flagged: readonly ReturnedQuestion[]) {
  const { byId } = compiledSnapshot(assessment);
  return flagged.map(({ questionId: id, reason }) => {
    const text = byId.get(id)?.question.text;
    return { id, reason, text: text?.[assessment.contactLocale] || text?.ja || id };
  });
}

export function returnProblems({ dueOn, note }: Pick<ReturnInput, 'dueOn' | 'note'>, now: Date): InvalidField[] {
  const length = [...paragraphs(note)].length;
  return [...dueDateProblems(dueOn, now), ...(length > LONGEST_NOTE ? [tooLong('note', LONGEST_NOTE, length)] : [])];
}

function checked(input: ReturnInput, now: Date): { dueOn: string; note: string } {
  const problems = returnProblems(input, now);
  if (problems.length > 0 || !input.dueOn) throw invalid(MEND, problems);
  return { dueOn: input.dueOn, note: paragraphs(input.note) };
}

function requireFlagged(flagged: readonly ReturnedQuestion[], seen: string): void {
  if (flagged.length === 0) {
    const words = [NOTHING_FLAGGED.ja, NOTHING_FLAGGED.en] as const;
    throw invalid(NOTHING_FLAGGED, [problem('', ...words)]);
  }
  if (seen !== fingerprintOf(flagged)) throw conflict('flags_changed', FLAGS_CHANGED);
}

const MEND = { ja: '差戻しの内容を直してください。', en: 'Correct what is named.' };
const NOTHING_FLAGGED = {
  ja: '差し戻す設問がありません。回答の確認画面で、差し戻す設問と理由を登録してください。',
  en: 'No question is marked for return. Mark the questions, with the reasons, while reading the answers.',
};
const FLAGS_CHANGED = {
  ja: 'この画面を開いた後に、差し戻す設問または理由が変更されました。現在の内容を確かめてから、もう一度差し戻してください。',
  en: 'The questions or reasons have changed since you opened this page. Look at them as they are now, then return again.',
};
