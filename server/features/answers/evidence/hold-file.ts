import type { Services } from '../../../services.ts';
import { createTurnstile } from '../../../turnstile.ts';
import { checkContent } from './content.ts';
import { cleanFileName } from './file-name.ts';

export const LARGEST_FILE = 25 * 1024 ** 2;

/**
 * Bytes taken in and found acceptable, not filed under any question yet. Whoever holds it files it or removes `key`. Pictures are
 * kept without their metadata: `sentSha256` is of the bytes as they came, `sha256` of those that are kept.
 */
export type HeldFile = {
  key: string;
  size: number;
  sha256: string;
  name: string;
  mediaType: string;
  sentSha256: string;
  hadLocation: boolean;
};

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
  const file = { ...stored, name, sentSha256: stored.sha256, hadLocation: false };
  try {
    return await oneOfTwo.pass(async () => {
      const content = await services.evidence.read(stored.key);
      const mediaType = await checkContent(content, name);
      if (mediaType !== 'image/png' && mediaType !== 'image/jpeg') return { ...file, mediaType };
      const anew = await services.images.clean(content, mediaType);
      const kept = await services.evidence.store(only(anew.bytes), LARGEST_FILE);
      await services.evidence.remove(stored.key);
      return { ...file, ...kept, mediaType, hadLocation: anew.hadLocation };
    });
  } catch (error) {
    await services.evidence.remove(stored.key);
    throw error;
  }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
