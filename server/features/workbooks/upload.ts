import type { FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import { cleanFileName } from '../answers/evidence/file-name.ts';
import { createUploadGate } from '../answers/evidence/upload-gate.ts';
import { noFile } from './workbook-errors.ts';

/** There are two places for reading workbooks: one request and all its colleagues take one of them, by page or by JSON. */
export const workbookGate = createUploadGate(1);

/** One byte more than the adapter takes, so that the adapter says which limit it was. */
export const uploadLimits = {
  throwFileSizeLimit: false,
  limits: { fileSize: 10 * 1024 ** 2 + 1, files: 1, fields: 5, parts: 6, fieldSize: 1_024, fieldNameSize: 100 },
};

/** The posted file in memory. Throws AppError 422 `workbook_no_file`, 400 for a form that breaks off. */
export async function readUpload(request: FastifyRequest): Promise<{ name: string; bytes: Uint8Array }> {
  try {
    const part = await request.file();
    const bytes = await part?.toBuffer();
    if (!part?.filename || !bytes || bytes.length === 0) throw noFile();
    return { name: cleanFileName(part.filename), bytes };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw brokenUpload(error);
  }
}

function brokenUpload(cause: unknown): AppError {
  const message = {
    ja: '送信が途中で切れたか、形式が正しくないため、受け付けられませんでした。もう一度送信してください。',
    en: 'What was sent broke off or is not a form, so it was not taken. Send it again.',
  };
  return new AppError(400, 'broken_form', message, { cause });
}
