import { randomUUID, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../adapters/keys.ts';
import type { ReadBook } from '../../domain/workbook/book.ts';
import { type Meta, readMeta, signedText } from '../../domain/workbook/meta.ts';
import { readWorkbook } from '../../domain/workbook/read.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { keepImport } from './imports.store.ts';
import { type OwnAnswers, readOwnAnswers } from './own-answers.ts';
import { foreignEntries, inOrder, type ReadImport, readEntries } from './read-import.ts';
import { foreignWorkbook, otherRequest, otherVersion, tamperedWorkbook } from './workbook-errors.ts';

/**
 * Reads an uploaded workbook and keeps what it says for a look; no answer changes. Resolves to the id of the import.
 * Throws AppError 409 `wrong_state`, 413 and 422 `workbook_…` with the reason and what to do.
 */
export async function takeInWorkbook(
  services: Services,
  respondent: RespondentPrincipal,
  { name, bytes }: { name: string; bytes: Uint8Array },
): Promise<string> {
  const book = await services.spreadsheets.read(bytes);
  const meta = trustedMeta(services, book);
  const { organisationId, assessmentId, linkId } = respondent;
  const at = services.clock.now();
  const id = randomUUID();
  await services.database.inOrganisation(organisationId, async (db) => {
    const own = await readOwnAnswers(db, respondent, at);
    if (meta.assessmentId !== assessmentId) throw otherRequest(meta.reference);
    if (meta.questionnaireHash !== own.outline.questionnaireHash) throw otherVersion();
    const content = readContent(book, meta, own, sha256(bytes));
    const details = { name, sha256: content.sha256, exportedAt: meta.exportedAt };
    await keepImport(db, { organisationId, id, assessmentId, linkId, name, content, createdAt: at, appliedAt: null });
    await recordEvent(db, {
      organisationId,
      assessmentId,
      at,
      actor: actorOf(respondent),
      action: 'workbook.uploaded',
      details,
    });
  });
  return id;
}

/** Nothing the file says about itself counts before its authentication code does. */
function trustedMeta({ keys }: Services, book: ReadBook): Meta {
  const read = readMeta(book);
  if (!read) throw foreignWorkbook();
  const expected = Buffer.from(keys.workbookMac(signedText(read.meta)));
  const given = Buffer.from(read.mac);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw tamperedWorkbook();
  return read.meta;
}

function readContent(book: ReadBook, meta: Meta, { compiled, own, rows }: OwnAnswers, hash: string): ReadImport {
  const { answers: typed, problems: ofCells } = readWorkbook(book, compiled);
  const { entries, problems } = readEntries(typed, own, rows);
  const mine = [...ofCells.filter(({ questionId }) => questionId === null || own.has(questionId)), ...problems];
  const others = foreignEntries(typed, own);
  const told = inOrder(mine, compiled);
  return {
    sha256: hash,
    exportedAt: meta.exportedAt,
    base: meta.answers,
    entries,
    problems: [
      ...told.slice(0, MOST_PROBLEMS),
      ...(told.length > MOST_PROBLEMS ? [andMore(told.length - MOST_PROBLEMS)] : []),
      ...(others > 0 ? [{ sheet: '', cell: '', questionId: null, message: notYourPart(others) }] : []),
      ...(book.cut ? [{ sheet: '', cell: '', questionId: null, message: tooLong }] : []),
    ],
  };
}

/** More than anybody mends one by one; a file made for it has one in each of 200,000 cells. */
const MOST_PROBLEMS = 300;

function andMore(count: number): ReadImport['problems'][number] {
  const message = {
    ja: `ほかに${count}か所、読み取れない箇所があります。ここまでを直してから、もう一度読み込んでください。`,
    en: `${count} more places cannot be read. Correct these first, then upload the file again.`,
  };
  return { sheet: '', cell: '', questionId: null, message };
}

function notYourPart(count: number) {
  return {
    ja: `ご担当の範囲外の設問（${count}問）は読み込みません。取りまとめ担当の方が読み込んでください。`,
    en: `${count} questions outside your part are not read. The colleague who coordinates the answers can upload them.`,
  };
}

const tooLong = {
  ja: '行またはシートが多すぎるため、3,000行目・60枚目より後は読み込んでいません。余分な行とシートを削除してください。',
  en: 'There are too many rows or sheets: nothing beyond row 3,000 or the 60th sheet was read. Delete what is not needed.',
};
