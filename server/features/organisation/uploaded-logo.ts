import type { FastifyRequest } from 'fastify';
import { AppError, type Message } from '../../errors.ts';
import type { UploadedLogo } from './logo.usecases.ts';

const LARGEST_LOGO = 1024 ** 2;

/** For @fastify/multipart: one file, cut one byte above the limit so that its size can be told. */
export const uploadOptions = {
  throwFileSizeLimit: false,
  limits: { fileSize: LARGEST_LOGO + 1, files: 1, fields: 2, parts: 3, fieldSize: 200, fieldNameSize: 100 },
};

/**
 * The file of a form, in memory, and the id of the logo it is to replace. Throws AppError 400 when there is none or the form
 * breaks off, 413 when it is too large.
 */
export async function uploadedLogo(request: FastifyRequest): Promise<{ file: UploadedLogo; seen: string }> {
  if (!request.isMultipart()) throw refused(400, 'no_file', noFile);
  try {
    const part = await request.file();
    if (part?.fieldname !== 'logo' || !part.filename) throw refused(400, 'no_file', noFile);
    const bytes = await part.toBuffer();
    if (part.file.truncated || bytes.length > LARGEST_LOGO) throw refused(413, 'logo_too_heavy', tooHeavy);
    const { seen } = part.fields;
    const shown = seen && !Array.isArray(seen) && seen.type === 'field' ? String(seen.value) : '';
    return { file: { name: part.filename, bytes }, seen: shown };
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

function refused(status: 400 | 413, code: string, message: Message): AppError {
  return new AppError(status, code, message, { fields: [{ path: 'logo', message }] });
}

const noFile = {
  ja: 'ロゴの画像ファイルを選んでから、もう一度送信してください。',
  en: 'Choose the picture of your logo, then send it again.',
};
const tooHeavy = {
  ja: 'ファイルが大きすぎます。1 MB以下の画像を選んでください。縦横を半分に縮小すると、約4分の1になります。',
  en: 'The file is too large. Choose a picture of at most 1 MB; half the width and height makes about a quarter of the size.',
};
const broken = {
  ja: '送信が途中で切れたか、形式が正しくないため、受け付けられませんでした。画像を1つだけ選び、もう一度送信してください。',
  en: 'What was sent broke off or is not a form, so it was not taken. Choose one picture and send it again.',
};
