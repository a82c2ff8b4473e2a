import { inPath, runOutside, say } from './shell.mjs';

/**
 * Installs without starting services: a scanner or a database that comes as a package would run from then on. invoke-rc.d asks
 * this file (Debian Policy §9.3.3.2); it stands there for the installation only, and one that is there already is obeyed.
 */
const INSTALL = `
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' HUP INT TERM
  printf '#!/bin/sh\\nexit 101\\n' > "$policy" && chmod 755 "$policy"
fi
if [ -n "$UPDATE" ]; then apt-get update -qq; fi
apt-get install -qq -y --no-install-recommends "$@"
`;

let listsAreFresh = false;

/**
 * Whether `program` is there, or could be installed as a Debian package: only where apt-get is and we are root. Says what it does
 * and what is missing; never stops anything.
 */
export function provideDebian({ program, packages, purpose, without }) {
  if (inPath(program)) return true;
  const may = process.getuid?.() === 0 && inPath('apt-get');
  if (may) {
    say(`${purpose.ja}（${program}）をインストールしています…`, `Installing ${program}: ${purpose.en}…`);
    runOutside('sh', ['-c', INSTALL, 'sh', ...packages], { UPDATE: listsAreFresh ? '' : 'yes' });
    listsAreFresh = true;
  }
  if (inPath(program)) return true;
  say(
    `${program}（${purpose.ja}）がありません。${without.ja}。`,
    `${program} (${purpose.en}) is not installed: ${without.en}.`,
  );
  return false;
}
