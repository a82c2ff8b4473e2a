import type { Services } from '../../../services.ts';
import { createTurnstile } from '../../../turnstile.ts';
import { checkContent } from './content.ts';
import { cleanFileName } from './file-name.ts';

export const LARGEST_FILE = 25 * 1024 ** 2;

/** Bytes taken in and found acceptable, not filed under any question yet. Whoever holds it files it or removes `key`. */
export type HeldFile = { key: string; size: number; sha256: string; name: string; mediaType: string };

/** A file is looked at as a whole, so only a few at a time: memory stays within a few times 25 MiB. */
const oneOfTwo = createTurnstile(2);

/**
 * Streams an upload into the evidence store and looks at what it is. Nothing stays behind when this throws:
 * AppError 413 `file_too_large`, 422 with the reason.
 */
export async function holdFile(
  services: Services,
  givenName: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<HeldFile> {
  const name = cleanFileName(givenName);
  const stored = await services.evidence.store(bytes, LARGEST_FILE);
  try {
    const mediaType = await oneOfTwo.pass(async () => checkContent(await services.evidence.read(stored.key), name));
    return { ...stored, name, mediaType };
  } catch (error) {
    await services.evidence.remove(stored.key);
    throw error;
  }
}
