import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import type { Services } from '../../services.ts';
import { tooManyAtOnce } from './evidence/evidence-errors.ts';
import { type HeldFile, holdFile, LARGEST_FILE } from './evidence/hold-file.ts';

/** A form as it was posted; `files` are held, `refused` were not taken in. `control` is the name of the file input. */
export type PostedParts = {
  fields: Map<string, string[]>;
  files: { control: string; held: HeldFile }[];
  refused: { control: string; name: string; error: AppError }[];
};

/** For @fastify/multipart. A file is cut one byte above the limit, so that the store says which limit it was. */
export const multipartOptions = {
  throwFileSizeLimit: false,
  limits: {
    fileSize: LARGEST_FILE + 1,
    // Browsers send an empty part for every file input nobody used, and a section has many.
    files: 200,
    fields: 2_000,
    parts: 2_200,
    fieldSize: 64 * 1024,
    fieldNameSize: 120,
  },
};

/** Files somebody did choose. */
const MOST_FILES = 20;

/** Characters of all fields of one form together: several times what a section can hold, and little to keep in memory. */
const MOST_TEXT = 4 * 1024 ** 2;

/**
 * Reads a multipart form: fields into memory, files into the evidence store. A file that is refused does not stop the others.
 * Throws AppError 400 for a form that breaks off or is none, 413 for one with too much text.
 */
export async function readParts(services: Services, request: FastifyRequest): Promise<PostedParts> {
  const posted: PostedParts = { fields: new Map(), files: [], refused: [] };
  let text = 0;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        text += String(part.value).length;
        if (text > MOST_TEXT) throw tooMuchText();
        add(posted.fields, part.fieldname, String(part.value));
      } else if (part.filename === '' || part.filename === undefined) part.file.resume();
      else await take(services, posted, { control: part.fieldname, name: unescaped(part.filename), file: part.file });
    }
  } catch (error) {
    await release(services, posted);
    throw isBroken(error) ? brokenForm(error) : error;
  }
  return posted;
}

/** A form without files may also come URL-encoded. */
export function urlEncodedParts(body: unknown): PostedParts {
  const entries = Object.entries((body ?? {}) as Record<string, string | string[]>);
  const fields = new Map(entries.map(([name, value]) => [name, Array.isArray(value) ? value : [value]]));
  return { fields, files: [], refused: [] };
}

/** What the parser says of bytes that are no form, or only the beginning of one; it has no code for it. */
function isBroken(error: unknown): error is Error {
  if (!(error instanceof Error) || 'code' in error) return false;
  return /multipart|malformed|content type|unexpected end/i.test(error.message);
}

function brokenForm(cause: Error): AppError {
  const message = {
    ja: '送信が途中で切れたか、形式が正しくないため、受け付けられませんでした。もう一度送信してください。',
    en: 'What was sent broke off or is not a form, so it was not taken. Send it again.',
  };
  return new AppError(400, 'broken_form', message, { cause });
}

function tooMuchText(): AppError {
  return new AppError(413, 'too_large', {
    ja: '入力された文字が多すぎます。補足を短くし、詳しい資料は証跡として添付してください。',
    en: 'There is too much text. Shorten the comments, and attach details as evidence.',
  });
}

/** Files nobody will file: their bytes go. */
export async function release(services: Services, { files }: Pick<PostedParts, 'files'>): Promise<void> {
  await Promise.all(files.map(({ held }) => services.evidence.remove(held.key)));
}

type Upload = { control: string; name: string; file: Readable };

async function take(services: Services, posted: PostedParts, { control, name, file }: Upload): Promise<void> {
  try {
    if (posted.files.length + posted.refused.length >= MOST_FILES) throw tooManyAtOnce(MOST_FILES);
    posted.files.push({ control, held: await holdFile(services, name, bytesOf(file)) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    file.resume();
    posted.refused.push({ control, name, error });
  }
}

/** A file that is refused half-way must stay readable to its end, or the parts behind it never come. */
function bytesOf(file: Readable): AsyncIterable<Uint8Array> {
  return file.iterator({ destroyOnReturn: false });
}

/** Browsers write `"` and line breaks of a file name in percent (WHATWG HTML, multipart/form-data encoding). */
function unescaped(name: string): string {
  return name.replace(/%22/g, '"').replace(/%0[AD]/gi, ' ');
}

function add(fields: Map<string, string[]>, name: string, value: string): void {
  const values = fields.get(name);
  if (values) values.push(value);
  else fields.set(name, [value]);
}
