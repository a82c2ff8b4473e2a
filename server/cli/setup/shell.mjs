import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
/** What commands get: the programs of node_modules first, the system's after them. */
const bin = join(root, 'node_modules', '.bin');
const outside = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes(`node_modules${sep}.bin`));
export const inside = [bin, ...outside].join(delimiter);
export const windows = process.platform === 'win32';

/** Standard output belongs to the command: everything the set-up says goes to standard error. */
export function runOutside(name, args, settings = {}) {
  const env = { ...process.env, PATH: outside.join(delimiter), DEBIAN_FRONTEND: 'noninteractive', ...settings };
  return spawnSync(name, args, { cwd: root, env, stdio: ['ignore', 2, 2], shell: windows });
}

/** The system's program of that name, never one of node_modules. */
export function inPath(name) {
  return outside.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

export function say(ja, en) {
  console.error(`${ja}\n${en}`);
}

export function stop(ja, en) {
  say(ja, en);
  process.exit(1);
}
