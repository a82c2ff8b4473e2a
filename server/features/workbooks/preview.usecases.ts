import type { Transaction } from '../../../db/client.ts';
import { isIdentifier } from '../../domain/assessment/identifier.ts';
import type { CompiledQuestion, CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import { type Difference, differenceOf } from '../../domain/workbook/compare.ts';
import type { Content } from '../../domain/workbook/content.ts';
import type { Message } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readReturnedRound } from '../rounds/returned-round.usecases.ts';
import { contentOf, fingerprintOf } from './contents.ts';
import { findImport, type ImportRow } from './imports.store.ts';
import { type OwnAnswers, readOwnAnswers } from './own-answers.ts';
import type { ReadEntry } from './read-import.ts';
import { importGone } from './workbook-errors.ts';

/** One question of the workbook beside the answer as it is now. `blocked` says why it cannot be taken over at present. */
export type PreviewRow = {
  asked: CompiledQuestion;
  entry: ReadEntry;
  difference: Difference;
  now: Content & { revision: number };
  file: Content;
  blocked: Message | null;
};
export type Preview = {
  row: ImportRow;
  reference: string;
  compiled: CompiledQuestionnaire;
  rows: readonly PreviewRow[];
  /** Own questions that are not in the file; they stay as they are. */
  absent: number;
};

/** What would change now. Throws AppError 404 `workbook_expired`, 409 `wrong_state`. */
export async function readPreview(services: Services, respondent: RespondentPrincipal, id: string): Promise<Preview> {
  const now = services.clock.now();
  return services.database.inOrganisation(respondent.organisationId, (db) => previewIn(db, respondent, id, now));
}

export async function previewIn(
  db: Transaction,
  respondent: RespondentPrincipal,
  id: string,
  now: Date,
): Promise<Preview> {
  const own = await readOwnAnswers(db, respondent, now);
  const row = isIdentifier(id) ? await findImport(db, respondent, id, now) : undefined;
  if (!row) throw importGone();
  const entries = new Map(row.content.entries.map((entry) => [entry.questionId, entry]));
  const base = new Map(row.content.base.map((one) => [one.questionId, one]));
  const hidden = await blocker(db, own, entries);
  // Each question after those it depends on, so that applying in this order opens what it fills.
  const rows = own.compiled.order.flatMap((asked): PreviewRow[] => {
    const { id: questionId } = asked.question;
    const entry = entries.get(questionId);
    if (!entry || !own.own.has(questionId)) return [];
    const stored = contentOf(own.rows.get(questionId));
    const file = { ...stored, ...entry.content };
    const difference = differenceOf({ base: base.get(questionId), now: stored, file }, fingerprintOf);
    return [{ asked, entry, difference, now: stored, file, blocked: hidden(questionId) }];
  });
  const broken = new Set(row.content.problems.map(({ questionId }) => questionId));
  const absent = [...own.own].filter((one) => !entries.has(one) && !broken.has(one)).length;
  return { row, reference: own.outline.reference, compiled: own.compiled, rows, absent };
}

/** Why a question cannot be answered even when everything else in the workbook is taken over. */
async function blocker(db: Transaction, own: OwnAnswers, entries: ReadonlyMap<string, ReadEntry>) {
  const answers = { ...own.answers };
  for (const [questionId, { content }] of entries) {
    if (own.own.has(questionId)) answers[questionId] = { ...answers[questionId], ...content };
  }
  const shown = shownToRespondent(own.compiled, answers);
  const returned = await readReturnedRound(db, own.outline, own.compiled);
  return (questionId: string): Message | null => {
    if (returned && !returned.open.has(questionId)) return notReturned;
    return shown.has(questionId) ? null : notAsked;
  };
}

const notReturned: Message = {
  ja: '差戻しの対象ではないため、変更できません。今の回答のまま残ります。',
  en: 'This question was not returned to you. The present answer stays.',
};
const notAsked: Message = {
  ja: '関連する設問の回答により、今は対象外の設問です。「必須・表示条件」の列の設問の回答を確かめてください。',
  en: 'With the present answers this question does not apply. Check the questions named in the column “Needed when”.',
};
