import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';

/** Texts of a section are far smaller; a request with large files is not worth the memory, its texts can be typed again by hand. */
const LARGEST = 8 * 1024 ** 2;

/** The text fields of a form whose request failed before its body was read; null when there is no form or it is too large. */
export async function unreadFields({ headers, raw }: FastifyRequest): Promise<Map<string, string[]> | null> {
  const type = headers['content-type'] ?? '';
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (raw.readableEnded || !(length <= LARGEST)) return null;
  try {
    const body = Readable.toWeb(raw) as ReadableStream;
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    const texts = new Map<string, string[]>();
    for (const [name, value] of form) {
      if (typeof value === 'string') texts.set(name, [...(texts.get(name) ?? []), value]);
    }
    return texts;
  } catch {
    return null;
  }
}
