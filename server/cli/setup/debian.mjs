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
apt-get update -qq
apt-get install -qq -y --no-install-recommends "$@"
`;

/**
 * Whether `program` is there, or could be installed as a Debian package: only where apt-get is and we are root. Says what it does
 * and what is missing; never stops anything.
 */
export function provideDebian({ program, packages, purpose }) {
  if (inPath(program)) return true;
  const may = process.getuid?.() === 0 && inPath('apt-get');
  if (may) {
    say(`${purpose.ja}（${program}）をインストールしています…`, `Installing ${program}: ${purpose.en}…`);
    runOutside('sh', ['-c', INSTALL, 'sh', ...packages]);
  }
  if (inPath(program)) return true;
  say(
    `${program} がないため、${purpose.ja}を使う試験は省きます。`,
    `${program} is not installed: tests that need it are skipped (${purpose.en}).`,
  );
  return false;
}
