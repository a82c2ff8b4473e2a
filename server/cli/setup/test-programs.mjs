import { provideDebian } from './debian.mjs';

const SKIPPED = { ja: '使う試験は省きます', en: 'tests that need it are skipped' };

/** Programs of the system that only tests use, each with the Debian packages that hold it and what happens without it. */
const PROGRAMS = [
  {
    program: 'chromium-headless-shell',
    packages: ['chromium-headless-shell'],
    purpose: { ja: '画面の試験用の軽い Chromium', en: 'a light Chromium for the tests of pages' },
    without: { ja: '通常の Chromium で画面を試験します', en: 'pages are tested with the ordinary Chromium' },
  },
  {
    program: 'soffice',
    packages: ['libreoffice-calc-nogui'],
    purpose: { ja: '表計算ソフト LibreOffice', en: 'LibreOffice, to try the Excel round trip for real' },
    without: SKIPPED,
  },
  {
    program: 'clamd',
    packages: ['clamav-daemon'],
    purpose: { ja: 'ウイルス検査 ClamAV', en: 'ClamAV, to scan evidence for real' },
    without: SKIPPED,
  },
];

export function provideTestPrograms() {
  for (const program of PROGRAMS) provideDebian(program);
}
