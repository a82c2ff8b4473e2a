import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renameOnto } from './rename-onto.ts';
import { secretFile } from './secret-file.ts';

/** Used only when we are root and the PostgreSQL user cannot enter the project folder, for example under /root. */
const OUTSIDE = '/var/lib/kantoku';

export function copyOfBinaries(native: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  const home = join(OUTSIDE, `postgresql-${version}`);
  if (existsSync(home)) return home;
  const draft = `${home}.${process.pid}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  renameOnto(draft, home);
  return home;
}

/** The name of the folder is kept in `dataDir`, so that removing `dataDir` means starting afresh. */
export function folderFor(dataDir: string): string {
  removeAbandoned();
  const folder = join(OUTSIDE, secretFile(join(dataDir, NAME), 9));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, ORIGIN), dataDir);
  return folder;
}

const NAME = 'postgres-folder';
const ORIGIN = 'belongs-to';

/** Folders whose `dataDir` was removed; one that still has a lock may be in use and stays. */
function removeAbandoned(): void {
  if (!existsSync(OUTSIDE)) return;
  for (const name of readdirSync(OUTSIDE)) {
    const origin = join(OUTSIDE, name, ORIGIN);
    if (!existsSync(origin) || existsSync(join(OUTSIDE, name, 'postgres', 'postmaster.pid'))) continue;
    const note = join(readFileSync(origin, 'utf8'), NAME);
    if (!existsSync(note) || readFileSync(note, 'utf8') !== name) rmSync(join(OUTSIDE, name), { recursive: true });
  }
}
