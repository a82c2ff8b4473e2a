import type { FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import type { Services } from '../../services.ts';
import { type HeldFile, holdFile, LARGEST_FILE } from './hold-file.ts';

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
    files: 20,
    fields: 2_000,
    parts: 2_020,
    fieldSize: 64 * 1024,
    fieldNameSize: 120,
  },
};

/** Reads a multipart form: fields into memory, files into the evidence store. A file that is refused does not stop the others. */
export async function readParts(services: Services, request: FastifyRequest): Promise<PostedParts> {
  const posted: PostedParts = { fields: new Map(), files: [], refused: [] };
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') add(posted.fields, part.fieldname, String(part.value));
      else if (part.filename === '' || part.filename === undefined) part.file.resume();
      else await take(services, posted, { control: part.fieldname, name: unescaped(part.filename), file: part.file });
    }
  } catch (error) {
    await release(services, posted);
    throw error;
  }
  return posted;
}

/** Files nobody will file: their bytes go. */
export async function release(services: Services, { files }: Pick<PostedParts, 'files'>): Promise<void> {
  await Promise.all(files.map(({ held }) => services.evidence.remove(held.key)));
}

type Upload = { control: string; name: string; file: AsyncIterable<Uint8Array> & { resume(): unknown } };

async function take(services: Services, posted: PostedParts, { control, name, file }: Upload): Promise<void> {
  try {
    posted.files.push({ control, held: await holdFile(services, name, file) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    file.resume();
    posted.refused.push({ control, name, error });
  }
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
