import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cannotStart } from './postgres-log.ts';
import { handOver, type Place } from './postgres-place.ts';
import { renameOnto } from './rename-onto.ts';

const run = promisify(execFile);

/** Made beside its final place and then renamed, so that an interrupted or a second start never meets a half-made one. */
export async function createCluster({ bin, cluster, identity }: Place, password: string): Promise<void> {
  const draft = `${cluster}.${process.pid}`;
  const data = join(draft, 'data');
  const passwordFile = join(draft, 'password');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of [draft, data, passwordFile]) handOver(path, identity);
  const flags = [
    ...[`--pgdata=${data}`, `--pwfile=${passwordFile}`, '--username=postgres', '--auth=scram-sha-256'],
    ...['--data-checksums', '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ];
  try {
    await run(join(bin, 'initdb'), flags, { ...identity, cwd: '/', env: { LC_ALL: 'C', PATH: process.env.PATH } });
    if (!existsSync(cluster)) renameOnto(data, cluster);
  } catch (error) {
    throw cannotStart((error as { stderr?: string }).stderr ?? String(error), error);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
