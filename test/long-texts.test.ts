import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { cleanFileName } from '../server/features/answers/evidence/file-name.ts';
import { shownToken } from '../server/features/respondents/entry-ticket.ts';
import { createLogger } from '../server/logging.ts';

/** Milliseconds of processor time, which a busy machine does not stretch. */
function cost(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const log = createLogger('info', new Writable({ write: (_chunk, _encoding, done) => done() }));
const token = `ktk1_${'A'.repeat(43)}`;

/** The longest texts strangers can send; a pattern that looks back over them costs seconds, during which nobody is served. */
test.each([
  ['a pasted link', () => shownToken('a'.repeat(20_000))],
  ['a pasted link that grows when it is made half-width', () => shownToken('㎭'.repeat(20_000))],
  ['a pasted link of half tokens', () => shownToken('ktk1_'.repeat(4_000))],
  ['an address', () => log.info({ req: { id: '1', method: 'GET', url: `/${'a'.repeat(60_000)}/` } }, 'request')],
  ['a query', () => log.info({ req: { id: '1', method: 'GET', url: `/${'?'.repeat(60_000)}` } }, 'request')],
  ['the name of a file', () => cleanFileName(`a${'.'.repeat(80_000)}a.pdf`)],
  ['the name of a file, blank', () => cleanFileName(`a${' '.repeat(80_000)}a.pdf`)],
])('%s of any length costs next to nothing', (_, work) => {
  work();
  expect(cost(work)).toBeLessThan(100);
});

test('what matters in long texts is still found', () => {
  expect(shownToken(`${'前文 '.repeat(1_000)}https://kantoku.example/v#${token}`)).toBe(token);
  expect(cleanFileName(`C:\\${'x'.repeat(5_000)}\\規程.pdf`)).toBe('規程.pdf');
  expect(cleanFileName(`${'長'.repeat(5_000)}.pdf`)).toMatch(/^長{196}\.pdf$/);
});
