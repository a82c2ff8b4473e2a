import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../errors.ts';
import type { EvidenceStore } from '../services.ts';

/** A database on a full disk stops; evidence has to leave it this much. */
const RESERVE = 512 * 1024 ** 2;

/**
 * Files under random names in `folder`; no name, type or path a vendor chose ever reaches the file system. `reserve`: bytes of the
 * disk that stay free.
 */
export function createEvidenceStore(folder: string, reserve = RESERVE): EvidenceStore {
  return {
    store: async (bytes, maxBytes) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < reserve + maxBytes) throw diskFull();
      return store(folder, bytes, maxBytes);
    },
    read: async (key) => readFile(pathOf(folder, key)),
    remove: (key) => rm(pathOf(folder, key), { force: true }),
  };
}

async function store(folder: string, bytes: AsyncIterable<Uint8Array>, maxBytes: number) {
  const key = randomBytes(16).toString('hex');
  const path = pathOf(folder, key);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const written = await write(`${path}.part`, bytes, maxBytes);
    await rename(`${path}.part`, path);
    return { key, ...written };
  } catch (error) {
    await rm(`${path}.part`, { force: true });
    throw error;
  }
}

async function write(path: string, bytes: AsyncIterable<Uint8Array>, maxBytes: number) {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}

function pathOf(folder: string, key: string): string {
  if (!/^[0-9a-f]{32}$/.test(key)) throw new Error('evidence: malformed key');
  return join(folder, key.slice(0, 2), key);
}

function tooLarge(maxBytes: number): AppError {
  const limit = Math.floor(maxBytes / 1024 ** 2);
  return new AppError(413, 'file_too_large', {
    ja: `ファイルが大きすぎます。${limit} MB 以下のファイルを選んでください。分割してアップロードすることもできます。`,
    en: `The file is too large. Choose a file of at most ${limit} MB, or upload it in parts.`,
  });
}

function diskFull(): AppError {
  return new AppError(503, 'storage_full', {
    ja: 'サーバーの空き容量が足りないため、今はファイルを受け付けられません。依頼元に伝え、しばらくしてからもう一度お試しください。',
    en: 'The server is short of space and takes no files just now. Tell the requester, and try again in a while.',
  });
}
