import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Carrier } from './carrier.ts';
import type { Letter } from './letter.ts';

/** `writtenAt`: microseconds since 1970 by the system's clock; decides between mails of one moment of the server's clock. */
export type CapturedMail = Letter & { id: string; kind: string; sentAt: string; writtenAt: number };

/** Stands in for a mail server where there is none: every mail becomes a file that only its owner can read. */
export function createCaptureFolder(dataDir: string, host: string): Carrier {
  const folder = folderOf(dataDir);
  return {
    host,
    async deliver(id, kind, letter, sentAt) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const mail: CapturedMail = { id, kind, sentAt: sentAt.toISOString(), writtenAt: now(), ...letter };
      writeFileSync(join(folder, `${id}.part`), JSON.stringify(mail), { mode: 0o600 });
      renameSync(join(folder, `${id}.part`), join(folder, `${id}.json`));
    },
    check: async () => ({ by: 'capture' }),
    close: () => {},
  };
}

/** Newest first. */
export function listCapturedMails(dataDir: string): CapturedMail[] {
  mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
  return readdirSync(folderOf(dataDir))
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folderOf(dataDir), name), 'utf8')) as CapturedMail)
    .sort((a, b) => b.sentAt.localeCompare(a.sentAt) || b.writtenAt - a.writtenAt);
}

function now(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1_000);
}

function folderOf(dataDir: string): string {
  return join(dataDir, 'captured-mail');
}
