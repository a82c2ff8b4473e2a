import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createVirusScanner } from '../../server/adapters/virus-scanner.ts';
import { officeFile } from '../features/answers/hostile-files.ts';
import { type Clamd, createClamd, TEST_VIRUS, TEST_VIRUS_NAME, withoutClamd } from '../support/clamd.ts';
import { createScannerStandIn, type ScannerStandIn } from '../support/scanner-stand-in.ts';

describe('what the scanner may say', () => {
  let standIn: ScannerStandIn;
  beforeEach(async () => {
    standIn = await createScannerStandIn();
  });
  afterEach(() => standIn.close());
  const scanner = (silence = 2_000, whole = 5_000) => createVirusScanner({ path: standIn.socket }, { silence, whole });

  it('gets every byte, in pieces with their length in front', async () => {
    for (const size of [0, 1, 64 * 1024, 64 * 1024 + 1, 3_000_000]) {
      const bytes = randomBytes(size);
      expect(await scanner().scan(bytes)).toEqual({ found: null });
      expect(standIn.received.at(-1)?.equals(bytes)).toBe(true);
    }
  });

  it('takes the name of what was found', async () => {
    standIn.answer(() => 'stream: Win.Test.EICAR_HDB-1 FOUND\0');
    expect(await scanner().scan(Buffer.from('x'))).toEqual({ found: 'Win.Test.EICAR_HDB-1' });
    standIn.answer(() => 'stream: stream: OK FOUND\0');
    expect(await scanner().scan(Buffer.from('x'))).toEqual({ found: 'stream: OK' });
  });

  it.each([
    ['nothing', ''],
    ['half a line', 'stream: OK'],
    ['half a word', 'stream: O\0'],
    ['something behind the line', 'stream: OK\0stream: X FOUND'],
    ['two lines', 'stream: OK\0stream: X FOUND\0'],
    ['something before the line', ' stream: OK\0'],
    ['a line of another command', '/tmp/x: OK\0'],
    ['another case', 'STREAM: OK\0'],
    ['the limit', 'INSTREAM size limit exceeded. ERROR\0'],
    ['an error', 'stream: Can’t allocate memory ERROR\0'],
    ['an unknown command', 'UNKNOWN COMMAND\0'],
    ['an answer of a web server', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['found nothing in particular', 'stream:  FOUND\0'],
    ['an endless line', 'x'.repeat(100_000)],
  ])('is no verdict: %s', async (_, reply) => {
    standIn.answer(() => reply);
    await expect(scanner().scan(Buffer.from('x'))).rejects.toThrow(/^clamd: /);
  });

  it('is no verdict when it comes before the file was read', async () => {
    standIn.answerEarly('INSTREAM size limit exceeded. ERROR\0');
    await expect(scanner().scan(randomBytes(30_000_000))).rejects.toThrow(/^clamd: /);
  });

  it('is not waited for without end', async () => {
    standIn.answer(() => null);
    await expect(scanner(200).scan(Buffer.from('x'))).rejects.toThrow('silent');
    await expect(scanner(5_000, 200).scan(Buffer.from('x'))).rejects.toThrow('too long');
  });

  it('is asked at an address where nobody listens', async () => {
    const away = createVirusScanner({ host: '127.0.0.1', port: 9 });
    await expect(away.scan(Buffer.from('x'))).rejects.toThrow('ECONNREFUSED');
    await expect(away.check()).rejects.toThrow('ECONNREFUSED');
  });

  it('says PONG when it is well', async () => {
    standIn.answer(() => 'PONG\0');
    await scanner().check();
    standIn.answer(() => 'stream: OK\0');
    await expect(scanner().check()).rejects.toThrow('PING');
  });
});

describe.skipIf(withoutClamd)(`real clamd${withoutClamd ? `: ${withoutClamd}` : ''}`, () => {
  let clamd: Clamd;
  beforeAll(async () => {
    clamd = createClamd();
    await clamd.start();
  }, 40_000);
  afterAll(() => clamd.close());
  const scan = (bytes: Uint8Array) => createVirusScanner({ path: clamd.socket }).scan(bytes);

  it('finds what is in its database, plain and inside an Office file', async () => {
    expect(await scan(Buffer.from('nothing of the kind'))).toEqual({ found: null });
    expect(await scan(Buffer.from(`before ${TEST_VIRUS} behind`))).toEqual({ found: TEST_VIRUS_NAME });
    const inside = officeFile('docx', [{ name: 'word/media/a.bin', data: `before ${TEST_VIRUS} behind` }]);
    expect(await scan(inside)).toEqual({ found: TEST_VIRUS_NAME });
  });

  it('takes the largest file, and has no verdict on a larger one', async () => {
    expect(await scan(randomBytes(25 * 1024 ** 2))).toEqual({ found: null });
    await expect(scan(randomBytes(27 * 1024 ** 2))).rejects.toThrow(/^clamd: /);
  }, 60_000);

  it('answers PING, and many at once each about its own file', async () => {
    await createVirusScanner({ path: clamd.socket }).check();
    const bodies = Array.from({ length: 12 }, (_, n) => (n % 3 === 0 ? TEST_VIRUS : `clean ${n}`));
    const verdicts = await Promise.all(bodies.map((body) => scan(Buffer.from(body))));
    expect(verdicts.map(({ found }) => found !== null)).toEqual(bodies.map((body) => body === TEST_VIRUS));
  });

  it('gives no verdict when it is killed while it scans, and works again once it is back', async () => {
    const verdict = scan(randomBytes(25 * 1024 ** 2)).then(
      () => 'verdict',
      () => 'none',
    );
    await new Promise((next) => setTimeout(next, 5));
    await clamd.kill();
    expect(await verdict).toBe('none');
    await expect(scan(Buffer.from('x'))).rejects.toThrow(/^clamd: /);
    await clamd.start();
    expect(await scan(Buffer.from(TEST_VIRUS))).toEqual({ found: TEST_VIRUS_NAME });
  }, 60_000);
});
