import type { FastifyRequest } from 'fastify';
import { AppError, invalid } from '../../errors.ts';
import { createUploadGate } from '../answers/evidence/upload-gate.ts';
import { LARGEST_MASTER, tooLarge, type UploadedFile } from './master-file.ts';

/** One request and all its colleagues read one file at a time, by page or by JSON. */
export const masterGate = createUploadGate(1);

/** For @fastify/multipart: one file, cut one byte above the limit so that its size can be told. */
export const uploadOptions = {
  throwFileSizeLimit: false,
  limits: { fileSize: LARGEST_MASTER + 1, files: 1, fields: 5, parts: 6, fieldSize: 1_000, fieldNameSize: 100 },
};

/** The file of a form, in memory. Throws AppError 400 when there is none or the form breaks off, 413 when it is too large. */
export async function uploadedFile(request: FastifyRequest): Promise<UploadedFile> {
  if (!request.isMultipart()) throw noFile();
  try {
    const part = await request.file();
    if (!part?.filename) throw noFile();
    const bytes = await part.toBuffer();
    if (part.file.truncated || bytes.length > LARGEST_MASTER) throw tooLarge();
    return { name: part.filename, bytes };
  } catch (error) {
    if (error instanceof AppError || !isBroken(error)) throw error;
    throw new AppError(400, 'broken_form', broken, { cause: error });
  }
}

/** What the parser says of bytes that are no form, or only the beginning of one, has no code; what is beyond a limit has one. */
function isBroken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return !('code' in error) || String(error.code).startsWith('FST_');
}

function noFile(): AppError {
  return invalid({
    ja: '読み込む回答マスタのファイル（JSON または Excel）を選んでください。',
    en: 'Choose the answer master to upload (JSON or Excel).',
  });
}

const broken = {
  ja: '送信が途中で切れたか、形式が正しくないため、受け付けられませんでした。ファイルを1つだけ選び、もう一度送信してください。',
  en: 'What was sent broke off or is not a form, so it was not taken. Choose one file and send it again.',
};
