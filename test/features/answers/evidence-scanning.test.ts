import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { type Clamd, createClamd, TEST_VIRUS, withoutClamd } from '../../support/clamd.ts';
import { asOwner } from '../../support/database.ts';
import { createScannerStandIn, type ScannerStandIn } from '../../support/scanner-stand-in.ts';
import { officeFile, pdf } from './hostile-files.ts';
import { respondentOf } from './respondent.ts';
import { type SentAssessment, sentAssessment } from './sent-assessment.ts';

let scanner: ScannerStandIn;
let test: TestApp;
let sent: SentAssessment;
let vendor: ReturnType<typeof respondentOf>;

describe('a file on its way through the virus scan', () => {
  beforeAll(async () => {
    scanner = await createScannerStandIn();
    test = await buildTestApp({ CLAMD_SOCKET: scanner.socket });
  });
  afterAll(async () => {
    await test.close();
    await scanner.close();
  });
  beforeEach(async () => {
    scanner.answer(() => 'stream: OK\0');
    sent = await sentAssessment(test.app, test.services);
    vendor = respondentOf(test, sent);
  });

  it('is in quarantine, opened by nobody, until it is found clean', async () => {
    const id = await attach('AUTH-01', '規程.pdf', pdf);
    expect(await evidence()).toMatchObject([{ scan: 'waiting' }]);
    const early = await vendor.get(`/respond/evidence/${id}`);
    expect([early.status, early.body]).toEqual([409, expect.stringContaining('ウイルス検査が終わっていないため')]);
    const page = (await vendor.get('/respond/sections/AUTH')).body;
    expect(page).toContain('ウイルス検査中');
    expect(page).not.toContain(`href="/respond/evidence/${id}"`);

    await test.services.drainJobs();
    expect(scanner.received.at(-1)?.equals(Buffer.from(pdf))).toBe(true);
    expect(await evidence()).toMatchObject([{ scan: 'clean' }]);
    expect((await vendor.get(`/respond/evidence/${id}`)).status).toBe(200);
    // The page was remembered while the file waited.
    const later = (await vendor.get('/respond/sections/AUTH')).body;
    expect(later).toContain('ウイルス検査済み');
    expect(later).toContain(`href="/respond/evidence/${id}"`);
    expect(await actions()).toContain('evidence.scanned');
  });

  it('counts as given while it waits, and no longer once a virus is found; its bytes go', async () => {
    scanner.answer(() => 'stream: Win.Worm.Test FOUND\0');
    await vendor.put('AUTH-01', { revision: 0, value: 12 });
    const before = storedFiles().length;
    const id = await attach('AUTH-01', 'x.pdf', pdf);
    expect(storedFiles()).toHaveLength(before + 1);
    expect(await evidenceState()).toBe('attached');

    await test.services.drainJobs();
    expect(storedFiles()).toHaveLength(before);
    expect(await evidenceState()).toBe('none');
    expect((await vendor.get(`/respond/evidence/${id}`)).status).toBe(410);
    const page = (await vendor.get('/respond/sections/AUTH')).body;
    expect(page).toContain('ウイルス検出・削除済み');
    expect(page).toContain('安全を確かめた別のファイルに差し替えてください');
    // What the scanner calls it is for the customer, not for whoever tries out viruses.
    expect(page).not.toContain('Win.Worm.Test');
    expect(await detailsOf('evidence.infected')).toMatchObject({ found: 'Win.Worm.Test', name: 'x.pdf' });
    expect((await vendor.remove(id)).status).toBe(204);
  });

  it('has no verdict twice: the same job again changes nothing, and takes bytes a kill has left', async () => {
    scanner.answer(() => 'stream: X FOUND\0');
    await attach('AUTH-01', 'x.pdf', pdf);
    await test.services.drainJobs();
    await sendAgain();
    scanner.answer(() => 'stream: OK\0');
    const scans = scanner.received.length;
    await test.services.drainJobs();
    expect(scanner.received).toHaveLength(scans);
    expect(await evidence()).toMatchObject([{ scan: 'infected' }]);
    expect((await actions()).filter((action) => action === 'evidence.infected')).toHaveLength(1);
  });

  it('stays in quarantine when the scanner is away for good; both sides are told, and it can be scanned again', async () => {
    scanner.answer(() => 'INSTREAM size limit exceeded. ERROR\0');
    const id = await attach('AUTH-01', 'x.pdf', pdf);
    await vendor.put('AUTH-01', { revision: 0, value: 12 });
    await test.services.drainJobs();
    expect(await evidence()).toMatchObject([{ scan: 'failed' }]);
    expect((await vendor.get(`/respond/evidence/${id}`)).status).toBe(409);
    expect((await vendor.get('/respond/sections/AUTH')).body).toContain('検査の仕組みが応答していないため');
    expect((await actions()).filter((action) => action === 'evidence.scanFailed')).toHaveLength(1);

    await submit();
    const review = await member('GET', `/assessments/${sent.assessmentId}/answers/AUTH`);
    expect(review.body).toContain('ウイルス検査を完了できないため、開けません');
    expect(review.body).not.toContain(`href="/evidence/${id}"`);
    expect((await member('GET', `/evidence/${id}`)).statusCode).toBe(409);
    // Nobody verifies by looking at what nobody can open.
    const mark = `/assessments/${sent.assessmentId}/reviews/AUTH-01`;
    const form = { evidence: 'verified', reason: '', remark: '' };
    expect((await member('POST', mark, { ...form, seen: '' })).statusCode).toBe(400);
    await member('POST', `/assessments/${sent.assessmentId}/verifications`, { section: 'AUTH' });
    expect(await evidenceState()).toBe('attached');

    scanner.answer(() => 'stream: OK\0');
    const again = await member('POST', `/evidence/${id}/scans`, {});
    expect(again.statusCode).toBe(303);
    expect(again.headers.location).toBe(
      `/assessments/${sent.assessmentId}/answers/AUTH?done=evidence.scanRepeated#q-AUTH-01`,
    );
    await test.services.drainJobs();
    expect((await member('GET', `/evidence/${id}`)).statusCode).toBe(200);
    expect((await member('POST', mark, { ...form, seen: '' })).statusCode).toBe(303);
  });

  it('is told by mail once while the scanner is away, to the contact and to whoever asked', async () => {
    const told = async () => {
      const mails = (await test.services.mails()).filter(({ kind }) => kind.startsWith('scan-failed'));
      return mails.filter(({ thread }) => thread?.includes(`request-${sent.assessmentId}`));
    };
    scanner.answer(() => 'stream: no ERROR\0');
    for (const [question, bytes] of [
      ['AUTH-01', pdf],
      ['AUTH-02', Buffer.concat([pdf, Buffer.from('\n%')])],
    ] as const) {
      await attach(question, `規程 ${question}.pdf`, bytes);
      await test.services.drainJobs();
    }
    const [first, second, ...more] = await told();
    expect(more).toEqual([]);
    const contact = [first, second].find((mail) => mail?.kind === 'scan-failed');
    const member = [first, second].find((mail) => mail?.kind === 'scan-failed-notice');
    expect(contact?.to.address).toBe('tanaka@example.jp');
    for (const words of [
      '・ファイル：規程 AUTH-01.pdf',
      '・設問：AUTH-01',
      'ファイルに問題が見つかったわけではありません',
      '/v#',
    ])
      expect(contact?.text).toContain(words);
    expect(member?.text).toContain(`/assessments/${sent.assessmentId}\n`);
    // Not handed in yet: what the vendor has attached where is not the customer's business.
    expect(member?.text).not.toMatch(/AUTH-01|規程/);

    test.services.clock.advance(60_000);
    scanner.answer(() => 'stream: OK\0');
    await attach('AUTH-01', '規程 AUTH-01.pdf', pdf);
    await test.services.drainJobs();
    test.services.clock.advance(60_000);
    scanner.answer(() => 'stream: no ERROR\0');
    await attach('AUTH-03', 'next.pdf', Buffer.concat([pdf, Buffer.from('\n%%')]));
    await test.services.drainJobs();
    expect(await told()).toHaveLength(4);
  });

  it('is not told of when the file was removed meanwhile', async () => {
    scanner.answer(() => 'stream: no ERROR\0');
    const id = await attach('AUTH-01', 'x.pdf', pdf);
    expect((await vendor.remove(id)).status).toBe(204);
    await test.services.drainJobs();
    const mails = (await test.services.mails()).filter(({ kind }) => kind.startsWith('scan-failed'));
    expect(mails.filter(({ thread }) => thread?.includes(`request-${sent.assessmentId}`))).toEqual([]);
  });

  it('is scanned again when the vendor attaches it once more', async () => {
    scanner.answer(() => 'stream: no ERROR\0');
    await attach('AUTH-01', 'x.pdf', pdf);
    await test.services.drainJobs();
    scanner.answer(() => 'stream: OK\0');
    await attach('AUTH-01', 'x.pdf', pdf);
    expect(await evidence()).toMatchObject([{ scan: 'waiting' }]);
    await test.services.drainJobs();
    expect(await evidence()).toMatchObject([{ scan: 'clean' }]);
  });

  it('gives its verdict to every question that uses the same bytes, also to one that joins while it waits', async () => {
    const id = await attach('AUTH-01', 'x.pdf', pdf);
    await vendor.reuse(id, 'AUTH-02');
    scanner.answer(() => 'stream: X FOUND\0');
    await test.services.drainJobs();
    expect(await evidence()).toMatchObject([{ scan: 'infected' }, { scan: 'infected' }]);
    expect(await vendor.reuse(id, 'AUTH-03')).toMatchObject({ status: 404 });
  });
});

describe('without a scanner', () => {
  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  it('a file can be opened, and everybody who sees it is told that it was not scanned', async () => {
    sent = await sentAssessment(test.app, test.services);
    vendor = respondentOf(test, sent);
    await vendor.put('AUTH-01', { revision: 0, value: 12 });
    const id = await attach('AUTH-01', 'x.pdf', pdf);
    expect(await evidence()).toMatchObject([{ scan: 'notScanned' }]);
    expect((await vendor.get('/respond/sections/AUTH')).body).toContain('ウイルス検査なし');
    await submit();
    const review = await member('GET', `/assessments/${sent.assessmentId}/answers/AUTH`);
    expect(review.body).toContain('ウイルス検査の設定がないため、検査していません');
    expect((await member('GET', `/evidence/${id}`)).statusCode).toBe(200);
  });
});

describe.skipIf(withoutClamd)(`with a real clamd${withoutClamd ? `: ${withoutClamd}` : ''}`, () => {
  let clamd: Clamd;
  beforeAll(async () => {
    clamd = createClamd();
    await clamd.start();
    test = await buildTestApp({ CLAMD_SOCKET: clamd.socket });
  }, 40_000);
  afterAll(async () => {
    await test.close();
    await clamd.close();
  });
  beforeEach(async () => {
    sent = await sentAssessment(test.app, test.services);
    vendor = respondentOf(test, sent);
  });
  afterEach(() => clamd.start().catch(() => {}));

  it('a clean file is released and a virus inside an Office file is not', async () => {
    await attach('AUTH-01', '規程.pdf', pdf);
    await attach('AUTH-02', '手順.docx', officeFile('docx', [{ name: 'word/a.bin', data: TEST_VIRUS }]));
    await test.services.drainJobs();
    expect(await evidence()).toMatchObject([{ scan: 'clean' }, { scan: 'infected' }]);
  });

  it('killed in the middle, it releases nothing', async () => {
    const large = new Uint8Array(25 * 1024 ** 2).map((_, at) => 33 + ((at * 7919) % 90));
    const id = await attach('AUTH-01', 'large.txt', large);
    const drained = test.services.drainJobs();
    await new Promise((next) => setTimeout(next, 60));
    await clamd.kill();
    await drained;
    expect(await evidence()).toMatchObject([{ scan: 'failed' }]);
    expect((await vendor.get(`/respond/evidence/${id}`)).status).toBe(409);
  }, 60_000);
});

async function attach(subject: string, name: string, content: Uint8Array<ArrayBuffer>): Promise<string> {
  const reply = await vendor.upload(subject, name, content);
  expect(reply.status).toBe(201);
  return (reply.json as { attached: { id: string }[] }).attached[0]?.id ?? '';
}

/** By question: files of one moment have no order of their own. */
async function evidence(): Promise<{ scan: string; subject: string }[]> {
  const { json } = await vendor.get('/api/respond/assessment');
  const files = (json as { evidence: { scan: string; subject: string }[] }).evidence;
  return files.toSorted((a, b) => a.subject.localeCompare(b.subject));
}

/** As the scorer sees the answer to AUTH-01. */
async function evidenceState(): Promise<string | undefined> {
  const { collectAnswers } = await import('../../../server/features/answers/answers.usecases.ts');
  const { answers } = await test.services.database.inOrganisation(sent.organisationId, (db) =>
    collectAnswers(db, sent.organisationId, sent.assessmentId),
  );
  return answers['AUTH-01']?.evidence;
}

async function member(method: 'GET' | 'POST', url: string, form?: Record<string, string>) {
  const headers = { cookie: sent.member, origin: test.services.config.publicUrl };
  const body = form && {
    payload: new URLSearchParams(form).toString(),
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
  };
  return test.app.inject({ method, url, headers, ...body });
}

async function submit(): Promise<void> {
  const headers = { cookie: sent.respondent, origin: test.services.config.publicUrl };
  const form = { attested: 'yes', name: '佐藤一郎', title: '部長', unanswered: 'yes' };
  const reply = await test.app.inject({
    method: 'POST',
    url: '/respond/submission',
    payload: new URLSearchParams(form).toString(),
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(reply.statusCode).toBe(303);
}

/** The job once more, as after a worker that was killed. */
async function sendAgain(): Promise<void> {
  const { organisationId } = sent;
  const [row] = await rows('select id from evidence_files where assessment_id = $1');
  await test.services.database.inOrganisation(organisationId, (db) =>
    test.services.queue.send(db, 'scan-evidence', { organisationId, id: String(row?.id) }),
  );
}

function storedFiles(): string[] {
  const folder = join(test.services.config.dataDir, 'evidence');
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /[\da-f]{32}/.test(name))
    : [];
}

async function actions(): Promise<string[]> {
  return (await rows('select action from audit_events where assessment_id = $1')).map(({ action }) => String(action));
}

async function detailsOf(action: string): Promise<unknown> {
  const found = await rows(`select details from audit_events where assessment_id = $1 and action = '${action}'`);
  return found[0]?.details;
}

async function rows(query: string): Promise<Record<string, unknown>[]> {
  let found: Record<string, unknown>[] = [];
  await asOwner(test.services.ownerUrl, async (client) => {
    found = (await client.query(query, [sent.assessmentId])).rows;
  });
  return found;
}
