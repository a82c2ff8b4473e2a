import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quota } from '../../../server/features/answers/evidence/room.ts';
import { asOwner } from '../../support/database.ts';
import { beforeEachAnswering, sent, test, vendor } from './answering.ts';
import {
  cfb,
  lockedPdf,
  lockedPdf2,
  officeFile,
  pdf,
  pdfBomb,
  png,
  shiftJisCsv,
  unprintablePdf,
  utf16Text,
  zip,
} from './hostile-files.ts';
import { bytes, respondentOf } from './respondent.ts';
import { sentAssessment } from './sent-assessment.ts';

beforeEachAnswering();

describe('files that are welcome', () => {
  it.each([
    ['規程.pdf', pdf, 'application/pdf'],
    ['印刷不可の認証書.pdf', unprintablePdf, 'application/pdf'],
    ['手順.docx', officeFile('docx'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['台帳.xlsx', officeFile('xlsx'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['体制.pptx', officeFile('pptx'), 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    ['一覧.csv', shiftJisCsv, 'text/csv'],
    ['メモ.txt', bytes('髙﨑𠮷'), 'text/plain'],
    ['表.txt', utf16Text, 'text/plain'],
  ])('takes %s', async (name, content, mediaType) => {
    const reply = await vendor.upload('AUTH-01', name, content);
    expect(reply).toMatchObject({
      status: 201,
      json: { attached: [{ name, mediaType, size: content.length, sha256: expect.stringMatching(/^[\da-f]{64}$/) }] },
    });
  });

  it('takes a PDF made to exhaust whoever reads it, without reading it', async () => {
    const before = process.memoryUsage().rss;
    expect((await vendor.upload('AUTH-01', 'x.pdf', pdfBomb)).status).toBe(201);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 ** 2);
  });

  it('keeps the same file under the same question once', async () => {
    const first = await vendor.upload('AUTH-01', 'a.pdf', pdf);
    const before = storedFiles();
    const second = await vendor.upload('AUTH-01', 'b.pdf', pdf);
    expect(idOf(second)).toBe(idOf(first));
    expect(storedFiles()).toEqual(before);
    expect(await filesInDatabase()).toBe(1);
  });
});

describe('files that are refused, each with what to do', () => {
  it.each([
    ['a script with the name of a PDF', 'x.pdf', bytes('#!/bin/sh\nrm -rf /'), 'lying_file'],
    ['a PNG with the name of a PDF', 'x.pdf', png, 'lying_file'],
    ['a PDF with the name of a text', 'x.txt', pdf, 'lying_file'],
    ['a program with the name of a text', 'x.txt', new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]), 'lying_file'],
    ['binary data with the name of a CSV', 'x.csv', new Uint8Array([0, 1, 2, 3, 255, 254]), 'lying_file'],
    ['a plain ZIP with the name of a document', 'x.docx', zip([{ name: 'a.txt', data: 'a' }]), 'lying_file'],
    ['a spreadsheet with the name of a document', 'x.docx', officeFile('xlsx'), 'lying_file'],
    ['an empty file', 'x.txt', new Uint8Array(0), 'empty_file'],
    ['an SVG', 'x.svg', bytes('<svg onload="alert(1)"/>'), 'unsupported_file'],
    ['a web page', 'x.html', bytes('<script>alert(1)</script>'), 'unsupported_file'],
    ['a ZIP', 'x.zip', zip([{ name: 'a' }]), 'unsupported_file'],
    ['a file without extension', 'README', bytes('x'), 'unsupported_file'],
    ['a second extension behind the first', 'x.pdf.exe', pdf, 'unsupported_file'],
    ['a direction override that hides the extension', 'report\u202efdp.exe', pdf, 'unsupported_file'],
    ['a document with macros', 'x.docm', officeFile('docx'), 'macro_file'],
    [
      'a document that hides a macro',
      'x.docx',
      officeFile('docx', [{ name: 'word/vbaProject.bin', data: 'x' }]),
      'macro_file',
    ],
    [
      'a macro document under another name',
      'x.docx',
      officeFile('application/vnd.ms-word.document.macroEnabled.main+xml'),
      'macro_file',
    ],
    ['an Office file with a password', 'x.xlsx', cfb, 'protected_file'],
    ['a PDF with a password, as old programs lock it', 'x.pdf', lockedPdf, 'protected_file'],
    ['a PDF with a password, as new programs lock it', 'x.pdf', lockedPdf2, 'protected_file'],
    [
      'an Office file with an encrypted part',
      'x.docx',
      officeFile('docx', [{ name: 'a.xml', encrypted: true }]),
      'protected_file',
    ],
    ['a bomb', 'x.xlsx', officeFile('xlsx', [{ name: 'xl/a.xml', data: '0'.repeat(30_000_000) }]), 'unsafe_archive'],
    [
      'a bomb that claims 4 GB',
      'x.xlsx',
      officeFile('xlsx', [{ name: 'xl/a.xml', data: 'x', claims: 4_000_000_000 }]),
      'unsafe_archive',
    ],
    [
      'a bomb that claims one byte',
      'x.xlsx',
      officeFile('xlsx', [{ name: 'xl/a.xml', data: '0'.repeat(30_000_000), claims: 1 }]),
      'unsafe_archive',
    ],
    [
      'a part that is shorter than it claims',
      'x.xlsx',
      officeFile('xlsx', [{ name: 'xl/a.xml', data: '0', claims: 1_000 }]),
      'unsafe_archive',
    ],
    [
      '2,001 parts',
      'x.xlsx',
      officeFile(
        'xlsx',
        Array.from({ length: 2_001 }, (_, n) => ({ name: `${n}` })),
      ),
      'unsafe_archive',
    ],
    [
      'a part that climbs out',
      'x.docx',
      officeFile('docx', [{ name: '../../etc/passwd', data: 'x' }]),
      'unsafe_archive',
    ],
    [
      'a part with an absolute path',
      'x.docx',
      officeFile('docx', [{ name: '/etc/passwd', data: 'x' }]),
      'unsafe_archive',
    ],
    [
      'a part that is a symbolic link',
      'x.docx',
      officeFile('docx', [{ name: 'a', data: '/etc', mode: 0o120777 }]),
      'unsafe_archive',
    ],
    ['half an archive', 'x.docx', officeFile('docx').slice(0, 200), 'lying_file'],
  ])('%s', async (_, name, content, code) => {
    const before = storedFiles().length;
    const reply = await vendor.upload('AUTH-01', name, content as Uint8Array<ArrayBuffer>);
    expect(reply).toMatchObject({
      status: 422,
      json: { code, message: { ja: expect.stringMatching(/ください|いません/) } },
    });
    expect(storedFiles()).toHaveLength(before);
    expect(await filesInDatabase()).toBe(0);
  });

  it('26 MB, naming the limit', async () => {
    const reply = await vendor.upload('AUTH-01', 'x.txt', new Uint8Array(26 * 1024 ** 2).fill(97));
    expect(reply).toMatchObject({
      status: 413,
      json: { code: 'file_too_large', message: { ja: expect.stringContaining('25 MB') } },
    });
    const just = await vendor.upload('AUTH-01', 'x.txt', new Uint8Array(25 * 1024 ** 2).fill(97));
    expect(just.status).toBe(201);
  });

  it('only the one of several that is too large', async () => {
    const reply = await vendor.post('AUTH', { action: 'save' }, [
      { control: 'AUTH-01.file', name: '大きい.txt', bytes: new Uint8Array(27 * 1024 ** 2).fill(97) },
      { control: 'AUTH-01.file', name: '小さい.txt', bytes: bytes('小さい') },
    ]);
    expect(reply.status).toBe(400);
    expect(reply.body).toContain('「大きい.txt」を添付できませんでした');
    expect(reply.body).toMatch(/<a href="\/respond\/evidence\/[\w-]+">小さい.txt<\/a>/);
  });

  it('the file after the last one allowed, also when many come at once', async () => {
    await fillUp(quota.files - 10);
    const uploads = Array.from({ length: 14 }, (_, n) => vendor.upload('AUTH-01', `${n}.txt`, bytes(`file ${n}`)));
    const statuses = (await Promise.all(uploads)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(10);
    expect(statuses.filter((status) => status === 413)).toHaveLength(4);
    expect(await filesInDatabase()).toBe(quota.files);
  });

  it('files that were replaced so often that the disk would fill up', async () => {
    await fillUp(3);
    const fill = (bytes: number) =>
      asOwner(test.services.ownerUrl, async (client) => {
        await client.query('update evidence_files set removed_at = now(), size = $2 where assessment_id = $1', [
          sent.assessmentId,
          bytes,
        ]);
      });
    await fill(Math.ceil(quota.bytesEver / 3));
    expect(await vendor.upload('AUTH-01', 'x.txt', bytes('one more'))).toMatchObject({
      status: 413,
      json: { code: 'evidence_quota', message: { ja: expect.stringContaining('差し替え') } },
    });
    await fill(Math.ceil(quota.bytesEver / 4));
    expect((await vendor.upload('AUTH-01', 'x.txt', bytes('one more'))).status).toBe(201);
  });

  it('files for questions that are hidden, unknown, or records that were not saved', async () => {
    for (const subject of ['DATA-02', 'NOPE-01', 'CRT-01', 'CRT-01#1', '']) {
      expect(await vendor.upload(subject, 'a.pdf', pdf)).toMatchObject({
        status: 422,
        json: { code: 'unknown_subject' },
      });
    }
    await vendor.put('CRT-01', { revision: 0, value: [{ kind: 'ISMS' }] });
    expect((await vendor.upload('CRT-01#1', 'a.pdf', pdf)).status).toBe(201);
  });

  it('anything after the submission', async () => {
    const closed = respondentOf(test, await sentAssessment(test.app, test.services, { state: 'submitted' }));
    expect(await closed.upload('AUTH-01', 'a.pdf', pdf)).toMatchObject({ status: 409, json: { code: 'wrong_state' } });
  });
});

describe('names', () => {
  it.each([
    ['../../etc/規程.pdf', '規程.pdf'],
    ['C:\\Users\\tanaka\\規程.pdf', '規程.pdf'],
    ['か\u3099いよう.pdf', 'がいよう.pdf'],
    ['a\u202eb\u200b.pdf', 'ab.pdf'],
    [`${'長'.repeat(300)}.pdf`, `${'長'.repeat(196)}.pdf`],
  ])('%s is kept as %s', async (given, kept) => {
    expect((await vendor.upload('AUTH-01', given, pdf)).json).toMatchObject({ attached: [{ name: kept }] });
  });
});

describe('downloads', () => {
  it('are attachments that cannot act in our origin, and are recorded', async () => {
    const id = idOf(await vendor.upload('AUTH-01', '規程 "第8版".pdf', pdf));
    const reply = await vendor.get(`/respond/evidence/${id}`);
    expect(reply.body).toBe(Buffer.from(pdf).toString());
    expect(reply.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="__ __8__.pdf"; filename*=UTF-8''%E8%A6%8F%E7%A8%8B%20%22%E7%AC%AC8%E7%89%88%22.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
    });
    expect(await actions()).toEqual(expect.arrayContaining(['evidence.attached', 'evidence.downloaded']));
  });

  it('are for the own organisation and the own request only', async () => {
    const id = idOf(await vendor.upload('AUTH-01', 'a.pdf', pdf));
    const stranger = await sentAssessment(test.app, test.services);
    const get = async (url: string, cookie: string) => (await test.app.inject({ url, headers: { cookie } })).statusCode;
    expect(await get(`/evidence/${id}`, stranger.member)).toBe(404);
    expect(await get(`/respond/evidence/${id}`, stranger.respondent)).toBe(404);
    expect(await get(`/respond/evidence/not-an-id`, sent.respondent)).toBe(404);
    expect(await get(`/evidence/${id}`, sent.respondent)).toBe(401);
    expect((await respondentOf(test, stranger).remove(id)).status).toBe(404);
  });

  it('are for the customer only once they were submitted, also after a return', async () => {
    const id = idOf(await vendor.upload('AUTH-01', 'a.pdf', pdf));
    const get = async (url: string) => test.app.inject({ url, headers: { cookie: sent.member } });
    const early = await get(`/evidence/${id}`);
    expect(early.statusCode).toBe(409);
    expect(early.body).toContain('まだ提出されていません');
    await setState('submitted', `'${test.services.clock.now().toISOString()}'`);
    expect((await get(`/evidence/${id}`)).statusCode).toBe(200);
    await setState('returned', `'2026-04-01T00:00:00Z'`);
    expect((await get(`/evidence/${id}`)).statusCode).toBe(409);
  });

  it('come whole, whatever part is asked for', async () => {
    const id = idOf(await vendor.upload('AUTH-01', 'a.txt', bytes('0123456789')));
    for (const range of [
      'bytes=0-1',
      'bytes=-1',
      'bytes=9-0',
      'bytes=0-0,2-2,4-4,6-6',
      `bytes=${'0-,'.repeat(500)}0-`,
    ]) {
      const headers = { cookie: sent.respondent, range };
      const reply = await test.app.inject({ url: `/respond/evidence/${id}`, headers });
      expect([reply.statusCode, reply.body, reply.headers['accept-ranges']]).toEqual([200, '0123456789', 'none']);
    }
  });

  it('end for the respondent when the request is withdrawn', async () => {
    const id = idOf(await vendor.upload('AUTH-01', 'a.pdf', pdf));
    await asOwner(test.services.ownerUrl, async (client) => {
      await client.query(`update assessments set state = 'revoked' where id = $1`, [sent.assessmentId]);
    });
    expect((await vendor.get(`/respond/evidence/${id}`)).status).toBe(409);
  });

  it('end when the respondent takes the file out', async () => {
    const id = idOf(await vendor.upload('AUTH-01', 'a.pdf', pdf));
    expect((await vendor.remove(id)).status).toBe(204);
    expect((await vendor.get(`/respond/evidence/${id}`)).status).toBe(404);
    expect((await vendor.remove(id)).status).toBe(404);
    expect(await actions()).toContain('evidence.removed');
  });
});

describe('certificate records', () => {
  it('keep their files when an earlier record is taken out', async () => {
    await vendor.put('CRT-02', { revision: 0, value: [{ kind: 'ISO27017' }, { kind: 'ISO27018' }] });
    await vendor.upload('CRT-02#1', 'first.pdf', pdf);
    await vendor.upload('CRT-02#2', 'second.txt', bytes('二つ目'));
    expect(await vendor.put('CRT-02', { revision: 1, value: [{ kind: 'ISO27018' }] })).toMatchObject({
      status: 409,
      json: { code: 'record_has_evidence' },
    });
    const reply = await vendor.post('CRT', { action: 'dropRecord:CRT-02#1' });
    expect(reply.status).toBe(303);
    const { answers, evidence } = (await vendor.get('/api/respond/assessment')).json as {
      answers: Record<string, { value: unknown }>;
      evidence: { subject: string; name: string }[];
    };
    expect(answers['CRT-02']?.value).toEqual([{ kind: 'ISO27018' }]);
    expect(evidence).toMatchObject([{ subject: 'CRT-02#1', name: 'second.txt' }]);
    expect(await actions()).toEqual(expect.arrayContaining(['evidence.removed', 'evidence.moved']));
  });
});

function idOf(reply: { json: unknown }): string {
  return (reply.json as { attached: { id: string }[] }).attached[0]?.id ?? '';
}

function storedFiles(): string[] {
  const folder = join(test.services.config.dataDir, 'evidence');
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /[\da-f]{32}/.test(name))
    : [];
}

/** Files that were there before, as rows: uploading that many would only take time. */
async function fillUp(count: number): Promise<void> {
  await asOwner(test.services.ownerUrl, async (client) => {
    await client.query(
      `insert into evidence_files (organisation_id, id, assessment_id, subject, name, media_type, size, sha256, storage_key, uploaded_at, uploaded_by)
       select organisation_id, gen_random_uuid(), id, 'AUTH-02', n || '.txt', 'text/plain', 1, md5(n::text), 'none-' || n, now(), 'x'
         from assessments, generate_series(1, $2::int) n where id = $1`,
      [sent.assessmentId, count],
    );
  });
}

async function setState(state: string, submittedAt: string): Promise<void> {
  await asOwner(test.services.ownerUrl, async (client) => {
    await client.query(`update assessments set state = $2, submitted_at = ${submittedAt} where id = $1`, [
      sent.assessmentId,
      state,
    ]);
  });
}

async function filesInDatabase(): Promise<number> {
  let count = 0;
  await asOwner(test.services.ownerUrl, async (client) => {
    const { rows } = await client.query('select count(*)::int as count from evidence_files where assessment_id = $1', [
      sent.assessmentId,
    ]);
    count = rows[0].count;
  });
  return count;
}

async function actions(): Promise<string[]> {
  let found: string[] = [];
  await asOwner(test.services.ownerUrl, async (client) => {
    const { rows } = await client.query('select action from audit_events where assessment_id = $1', [
      sent.assessmentId,
    ]);
    found = rows.map(({ action }) => action);
  });
  return found;
}
