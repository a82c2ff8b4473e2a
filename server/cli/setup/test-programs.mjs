import { provideDebian } from './debian.mjs';

/** Programs of the system that only tests use, each with the Debian packages that hold it. */
const PROGRAMS = [
  {
    program: 'soffice',
    packages: ['libreoffice-calc-nogui'],
    purpose: { ja: '表計算ソフト LibreOffice', en: 'LibreOffice, to try the Excel round trip for real' },
  },
  {
    program: 'clamd',
    packages: ['clamav-daemon'],
    purpose: { ja: 'ウイルス検査 ClamAV', en: 'ClamAV, to scan evidence for real' },
  },
];

export function provideTestPrograms() {
  for (const program of PROGRAMS) provideDebian(program);
}
