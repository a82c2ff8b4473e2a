/** The real LibreOffice, without its windows and with a profile of its own. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const program = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'soffice'))
  .find((path) => existsSync(path));

export const missing = program
  ? null
  : 'LibreOffice (soffice) is not installed: the round trip through it is not tried. `npm test` installs it as root on Debian.';

export type LibreOffice = {
  /** Opens each file and saves it in the other format. */
  convert(files: readonly Uint8Array[], from: 'xlsx' | 'ods', to: 'xlsx' | 'ods' | 'csv'): Uint8Array<ArrayBuffer>[];
  close(): void;
};

export function openLibreOffice(): LibreOffice {
  const folder = mkdtempSync(join(tmpdir(), 'kantoku-office-'));
  let turn = 0;
  return {
    convert(files, from, to) {
      turn += 1;
      const out = join(folder, `out-${turn}`);
      const names = files.map((_, index) => `file-${turn}-${index}`);
      for (const [index, name] of names.entries()) writeFileSync(join(folder, `${name}.${from}`), files[index] ?? '');
      execFileSync(
        program ?? '',
        [
          `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
          '--headless',
          '--convert-to',
          to,
          '--outdir',
          out,
          ...names.map((name) => join(folder, `${name}.${from}`)),
        ],
        { stdio: 'pipe', timeout: 120_000, env: { ...process.env, HOME: folder } },
      );
      return names.map((name) => new Uint8Array(readFileSync(join(out, `${name}.${to}`))));
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
