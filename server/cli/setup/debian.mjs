import { inPath, runOutside, say } from './shell.mjs';

/**
 * Whether `program` is there, or could be installed as a Debian package: only where apt-get is and we are root. Says what it does
 * and what is missing; never stops anything.
 */
export function provideDebian({ program, packages, purpose }) {
  if (inPath(program)) return true;
  const may = process.getuid?.() === 0 && inPath('apt-get');
  if (may) {
    say(`${purpose.ja}（${program}）をインストールしています…`, `Installing ${program}: ${purpose.en}…`);
    runOutside('apt-get', ['update', '-qq']);
    runOutside('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...packages]);
  }
  if (inPath(program)) return true;
  say(
    `${program} がないため、${purpose.ja}を使う試験は省きます。`,
    `${program} is not installed: tests that need it are skipped (${purpose.en}).`,
  );
  return false;
}
