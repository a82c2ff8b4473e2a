import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEvidenceStore } from '../../server/adapters/evidence-store.ts';
import { AppError } from '../../server/errors.ts';
import type { EvidenceStore } from '../../server/services.ts';

let folder: string;
let store: EvidenceStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kantoku-evidence-'));
  store = createEvidenceStore(join(folder, 'evidence'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('bytes come back as they went in, with their size and SHA-256', async () => {
  const bytes = randomBytes(300_000);
  const stored = await store.store(inPieces(bytes), 1_000_000);
  expect(stored).toMatchObject({ size: 300_000, sha256: createHash('sha256').update(bytes).digest('hex') });
  expect(Buffer.from(await store.read(stored.key)).equals(bytes)).toBe(true);
});

test('a file is readable by its owner only and carries a name nobody chose', async () => {
  const { key } = await store.store(inPieces(Buffer.from('x')), 10);
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(statSync(join(folder, 'evidence', key.slice(0, 2), key)).mode & 0o777).toBe(0o600);
});

test('a file over the limit is refused and leaves nothing', async () => {
  const refused = store.store(inPieces(randomBytes(2_000_001)), 2_000_000);
  await expect(refused).rejects.toThrow(AppError);
  await expect(refused).rejects.toMatchObject({
    status: 413,
    publicMessage: { ja: expect.stringMatching(/^ファイルが大きすぎます/) },
  });
  expect(filesIn(folder)).toEqual([]);
});

test('a disk that is nearly full takes nothing more, and says so', async () => {
  const full = createEvidenceStore(join(folder, 'evidence'), 2 ** 60);
  await expect(full.store(inPieces(Buffer.from('x')), 10)).rejects.toMatchObject({ status: 503, code: 'storage_full' });
  expect(filesIn(folder)).toEqual([]);
});

test('an upload that breaks off leaves nothing', async () => {
  async function* broken() {
    yield randomBytes(1_000);
    throw new Error('connection lost');
  }
  await expect(store.store(broken(), 10_000)).rejects.toThrow('connection lost');
  expect(filesIn(folder)).toEqual([]);
});

test('a removed file is gone, and removing it again does no harm', async () => {
  const { key } = await store.store(inPieces(Buffer.from('x')), 10);
  await store.remove(key);
  await store.remove(key);
  await expect(store.read(key)).rejects.toThrow(/ENOENT/);
});

test.each(['../../etc/passwd', '', 'a'.repeat(31), 'A'.repeat(32), `${'a'.repeat(32)}/../x`])(
  'the key %j opens no file',
  async (key) => {
    await expect(store.read(key)).rejects.toThrow('malformed key');
  },
);

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
}

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}
