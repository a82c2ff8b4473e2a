import { basename } from 'node:path';
import type { AnswerMaster } from '../../domain/reuse/answer-master.ts';
import { isBeyondMaster } from '../../domain/reuse/json-extent.ts';
import { type MasterContent, masterOfBook } from '../../domain/reuse/master-of-book.ts';
import { readMaster } from '../../domain/reuse/read-master.ts';
import { AppError, invalid } from '../../errors.ts';
import type { Services } from '../../services.ts';
import { cleanText } from '../answers/answer-input.ts';
import { cleanFileName } from '../answers/evidence/file-name.ts';

export type UploadedFile = { name: string; bytes: Uint8Array };
export const LARGEST_MASTER = 5 * 1024 ** 2;

/** `label` is what the file calls itself, else its name. `today` is YYYY-MM-DD. */
export async function readMasterFile(
  services: Services,
  { name, bytes }: UploadedFile,
  today: string,
): Promise<{ master: AnswerMaster; label: string }> {
  if (bytes.length > LARGEST_MASTER) throw tooLarge();
  const { content, place } = isArchive(bytes)
    ? await workbook(services, bytes)
    : { content: parsed(bytes), place: asIs };
  if (formatOf(content) === null) throw notMaster();
  const read = readMaster(content, today);
  if ('problems' in read) {
    const problems = read.problems.map(({ path, message }) => ({ path: place(path), message }));
    throw invalid(mend, problems);
  }
  const master = cleaned(read.master);
  const fileName = cleanFileName(basename(name)).slice(0, 100) || 'answer-master';
  return { master, label: master.label?.trim() || fileName };
}

/** Every .xlsx is a ZIP archive, and no JSON begins like one. */
function isArchive([first, second]: Uint8Array): boolean {
  return first === 0x50 && second === 0x4b;
}

async function workbook(services: Services, bytes: Uint8Array): Promise<MasterContent> {
  const read = masterOfBook(await services.spreadsheets.read(bytes));
  if (read === null) throw notMaster();
  if ('problems' in read) throw invalid(mend, read.problems);
  return read;
}

function asIs(path: string): string {
  return path;
}

function parsed(bytes: Uint8Array): unknown {
  if (isBeyondMaster(bytes)) throw tooComplex();
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw notMaster();
  }
}

/** Another JSON file deserves a clear word instead of a list of missing fields. */
function formatOf(content: unknown): string | null {
  if (typeof content !== 'object' || content === null || !('format' in content)) return null;
  return typeof content.format === 'string' && content.format.startsWith('kantoku/answer-master/')
    ? content.format
    : null;
}

/** Every text as it would be kept if it had been typed. Only for what has been read: its depth is that of the format. */
function cleaned<Part>(part: Part): Part {
  if (typeof part === 'string') return cleanText(part) as Part;
  if (Array.isArray(part)) return part.map(cleaned) as Part;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, cleaned(value)])) as Part;
}

const mend = {
  ja: '回答マスタを読み込めませんでした。示された箇所を直して、もう一度読み込んでください。',
  en: 'The answer master could not be read. Correct the places named and upload it again.',
};

function notMaster(): AppError {
  return new AppError(400, 'not_a_master', {
    ja: 'このファイルは回答マスタではありません。この画面または受付完了の画面からダウンロードした回答マスタ（JSON または Excel）を選んでください。回答用のExcelは「Excelで回答する」から読み込めます。',
    en: 'This file is not an answer master. Choose one downloaded from this page or from a receipt (JSON or Excel). A workbook of answers is uploaded under “Answer in Excel”.',
  });
}

function tooComplex(): AppError {
  return new AppError(422, 'master_too_complex', {
    ja: '回答マスタとしては項目が多すぎるか、入れ子が深すぎます。回答以外の内容を取り除くか、ダウンロードし直した回答マスタを選んでください。',
    en: 'The file holds more values, or nests them deeper, than an answer master does. Remove what is no answer, or choose a freshly downloaded master.',
  });
}

export function tooLarge(): AppError {
  return new AppError(413, 'master_too_large', {
    ja: '回答マスタは5MBまでです。回答以外の内容が含まれていないか確かめてください。',
    en: 'An answer master may have 5 MB. Check that it holds nothing but answers.',
  });
}
