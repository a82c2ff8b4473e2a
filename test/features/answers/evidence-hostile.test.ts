import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quota } from '../../../server/features/answers/evidence/room.ts';
import { asOwner } from '../../support/database.ts';
import { beforeEachAnswering, sent, test, vendor } from './answering.ts';
import { officeFile, pdf, type ZipEntry, zip } from './hostile-files.ts';
import { bytes } from './respondent.ts';

beforeEachAnswering();

const relation = (type: string, target: string, mode = ' TargetMode="External"') =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"${mode}/></Relationships>`;
/** Type behind the address. */
const prefixed = (prefix: string, target: string) =>
  relation('', target)
    .replace(/ Type="[^"]*"/, '')
    .replace(
      ' TargetMode',
      ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" TargetMode',
    )
    .replaceAll('<Relationship', `<${prefix}Relationship`)
    .replace('</Relationship', `</${prefix}Relationship`);
const rels = (data: string): ZipEntry => ({ name: 'word/_rels/settings.xml.rels', data });
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('Office files made to harm are refused, with what to do', () => {
  const entity = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>';
  it.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['an external entity (XXE)', officeFile('docx', [{ name: 'word/document.xml', data: entity }]), 'foreign_markup'],
    [
      'entities that multiply (billion laughs)',
      officeFile('docx', [
        { name: 'xl/sharedStrings.xml', data: '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>' },
      ]),
      'foreign_markup',
    ],
    [
      'an entity behind 200 KB of comment',
      officeFile('docx', [
        { name: 'word/document.xml', data: `<!--${randomBytes(100_000).toString('hex')}-->${entity}` },
      ]),
      'foreign_markup',
    ],
    ['an entity in UTF-16', officeFile('docx', [{ name: 'word/document.xml', data: utf16(entity) }]), 'foreign_markup'],
    ['an entity among the relationships', officeFile('docx', [rels(entity)]), 'foreign_markup'],
    [
      'a template from outside',
      officeFile('docx', [rels(relation('attachedTemplate', 'https://evil.example/t.dotm'))]),
      'external_parts',
    ],
    [
      'a picture from outside',
      officeFile('docx', [rels(relation('image', 'https://evil.example/pixel.png'))]),
      'external_parts',
    ],
    [
      'an object from outside',
      officeFile('docx', [rels(relation('oleObject', 'file://evil/share/x'))]),
      'external_parts',
    ],
    ['a frame from outside', officeFile('docx', [rels(relation('frame', 'https://evil.example/'))]), 'external_parts'],
    [
      'an outside that is spelled oddly',
      officeFile('docx', [rels(relation('image', 'x', ' TargetMode = "Extern&#97;l"'))]),
      'external_parts',
    ],
    ...(
      [
        ['its address quotes another attribute', "x?TargetMode='Internal'", ''],
        ['its address holds the end of a tag', 'x>', ''],
        ['its address quotes a harmless type', "x Type='a/hyperlink'", ''],
        ['its names have a prefix', 'x', 'a-b:'],
      ] as const
    ).map(([why, target, prefix]): [string, Uint8Array<ArrayBuffer>, string] => [
      `a template from outside, where ${why}`,
      officeFile('docx', [rels(prefixed(prefix, target))]),
      'external_parts',
    ]),
    [
      'a template from outside in UTF-16',
      officeFile('docx', [rels2(utf16(relation('attachedTemplate', 'x')))]),
      'external_parts',
    ],
    ['parts that share their bytes', overlapping(), 'unsafe_archive'],
    ['a list of parts that points at one part again and again', repeated(), 'unsafe_archive'],
    ['an archive inside that unpacks to itself (quine), bare', zip([{ name: 'r/r.zip', data: 'PK' }]), 'lying_file'],
    ['macros of another application', officeFile('docx', [{ name: 'xl/vbaProject.bin', data: 'x' }]), 'macro_file'],
    ['macros in another folder', officeFile('docx', [{ name: 'custom/vbaData.xml', data: '<x/>' }]), 'macro_file'],
    ['a part with a backslash path', officeFile('docx', [{ name: '..\\..\\x', data: 'x' }]), 'unsafe_archive'],
    ['a part on a drive', officeFile('docx', [{ name: 'C:/x', data: 'x' }]), 'unsafe_archive'],
    ['something before the archive', preceded('#!/bin/sh\n', officeFile('docx')), 'lying_file'],
  ])('%s', async (_, content, code) => {
    const kept = storedFiles();
    const reply = await vendor.upload('AUTH-01', 'x.docx', content);
    expect([reply.status, (reply.json as { code: string }).code]).toEqual([422, code]);
    expect((reply.json as { message: { ja: string } }).message.ja).toMatch(/ください|いません/);
    expect(storedFiles()).toEqual(kept);
  });

  it('tags that never end cost no more than reading them', async () => {
    const parts = Array.from({ length: 20 }, (_, index) => ({
      name: `word/_rels/${index}.xml.rels`,
      data: '<Relationship '.repeat(74_000),
    }));
    const ballast = { name: 'word/media/a.bin', data: randomBytes(300_000), stored: true };
    expect((await vendor.upload('AUTH-01', 'x.docx', officeFile('docx', [...parts, ballast]))).status).toBe(201);
  });

  it('links people may follow, and workbooks that know others, are no harm', async () => {
    const link = officeFile('docx', [rels(relation('hyperlink', 'https://example.jp/'))]);
    expect((await vendor.upload('AUTH-01', 'a.docx', link)).status).toBe(201);
    const book = officeFile('xlsx', [
      { name: 'xl/externalLinks/_rels/e.xml.rels', data: relation('externalLinkPath', 'file:///D:/台帳.xlsx') },
    ]);
    expect((await vendor.upload('AUTH-01', 'b.xlsx', book)).status).toBe(201);
    const inner = officeFile('docx', [rels(relation('image', 'media/a.png', ''))]);
    expect((await vendor.upload('AUTH-01', 'c.docx', inner)).status).toBe(201);
  });
});

describe('files that are two things at once', () => {
  const archive = Buffer.from(zip([{ name: 'a.exe', data: 'MZ' }]));
  it.each<[string, string, Uint8Array<ArrayBuffer>, string]>([
    ['a PDF that is an archive from the back', 'x.pdf', followed(pdf, archive), 'lying_file'],
    ['a PDF with a comment-bearing archive', 'x.pdf', followed(pdf, withComment(archive, 'note')), 'lying_file'],
    ['a script with a PDF in it', 'x.pdf', preceded('<script>alert(1)</script>\n', pdf), 'lying_file'],
    ['a web page called text', 'x.html.txt.html', bytes('<script>'), 'unsupported_file'],
    ['a GIF that is a script', 'x.gif', bytes('GIF89a/*'), 'unsupported_file'],
  ])('%s', async (_, name, content, code) => {
    expect(await vendor.upload('AUTH-01', name, content)).toMatchObject({ status: 422, json: { code } });
  });

  it('a PDF that only holds an archive as an attachment is welcome', async () => {
    const inside = followed(pdf, Buffer.concat([archive, Buffer.from('\nendstream\n%%EOF\n')]));
    expect((await vendor.upload('AUTH-01', 'x.pdf', inside)).status).toBe(201);
  });
});

describe('names', () => {
  it.each([
    ['../../../etc/passwd.txt', 'passwd.txt'],
    ['..\\..\\windows\\win.txt', 'win.txt'],
    ['a\r\nSet-Cookie: x=1.txt', null],
    ['"; filename=evil.exe; x=".txt', null],
    ['\u202etxt.exe.txt', 'txt.exe.txt'],
    ['nul\u0000.txt', null],
    [`${'長'.repeat(300)}.txt`, `${'長'.repeat(196)}.txt`],
    ['か\u3099いよう.txt', 'がいよう.txt'],
    ['がいよう.txt', 'がいよう.txt'],
    ['<img src=x onerror=alert(1)>.txt', '<img src=x onerror=alert(1)>.txt'],
    ['=cmd|calc.txt', '=cmd|calc.txt'],
  ])('%j leads nowhere but to its own file', async (given, kept) => {
    const reply = await vendor.upload('AUTH-01', given, bytes('x'));
    expect(reply.status).toBe(201);
    const [file] = (reply.json as { attached: { id: string; name: string }[] }).attached;
    if (kept) expect(file?.name).toBe(kept);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(file?.name).not.toMatch(/[\0-\x1f\x7f/\\\u202a-\u202e]/);
    const download = await vendor.get(`/respond/evidence/${file?.id}`);
    expect(download.headers['set-cookie']).toBeUndefined();
    expect(download.headers['content-disposition']).toMatch(
      /^attachment; filename="[^"\\]*"(; filename\*=UTF-8''[\w.!~%*-]+)?$/,
    );
    const page = (await vendor.get('/respond/sections/AUTH')).body;
    expect(page).not.toContain('<img src=x');
  });
});

describe('limits', () => {
  it('what announces more than can be kept is refused before it is sent', async () => {
    await test.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = test.app.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    const { host } = new URL(test.services.config.publicUrl);
    socket.write(
      `POST /api/respond/evidence HTTP/1.1\r\nhost: ${host}\r\ncookie: ${sent.respondent}\r\norigin: ${test.services.config.publicUrl}\r\n` +
        `accept: application/json\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: ${26 * 1024 ** 2}\r\n\r\n--x\r\n`,
    );
    const [reply] = await once(socket, 'data');
    expect(String(reply)).toMatch(/^HTTP\/1.1 413 /);
    expect(String(reply)).toContain('file_too_large');
    socket.destroy();
  });

  it('the bytes of a request are never exceeded, however many files race for the last place', async () => {
    await vendor.upload('AUTH-01', 'first.txt', bytes('first'));
    await asOwner(test.services.ownerUrl, async (client) => {
      await client.query('update evidence_files set size = $2 where assessment_id = $1', [
        sent.assessmentId,
        quota.bytes - 50,
      ]);
    });
    const race = Array.from({ length: 20 }, (_, n) =>
      vendor.upload('AUTH-01', `${n}.txt`, bytes(String(n).padStart(10, '0'))),
    );
    const statuses = (await Promise.all(race)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(5);
    expect(statuses.filter((status) => status === 413)).toHaveLength(15);
    expect(await totalBytes()).toBe(quota.bytes);
  });

  it('twenty files at a time, and a section may have many empty inputs', async () => {
    const files = Array.from({ length: 22 }, (_, n) => ({
      control: 'AUTH-01.file',
      name: `${n}.txt`,
      bytes: bytes(`${n}`),
    }));
    const empty = Array.from({ length: 60 }, () => ({ control: 'AUTH-02.file', name: '', bytes: bytes('') }));
    const reply = await vendor.post('AUTH', { action: 'save' }, [...empty, ...files]);
    expect([reply.status, reply.body]).toEqual([400, expect.stringContaining('一度に添付できるのは20件まで')]);
    const { evidence } = (await vendor.get('/api/respond/assessment')).json as { evidence: unknown[] };
    expect(evidence).toHaveLength(20);
  });
});

function rels2(data: Buffer): ZipEntry {
  return { name: 'word/_rels/settings.xml.rels', data };
}

function preceded(text: string, file: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([Buffer.from(text), file]));
}

function followed(file: Uint8Array, more: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([file, more]));
}

function withComment(archive: Buffer, text: string): Buffer {
  const file = Buffer.concat([archive, Buffer.from(text)]);
  file.writeUInt16LE(text.length, archive.length - 2);
  return file;
}

/** The second entry of the table of contents begins inside the first part. */
function overlapping(): Uint8Array<ArrayBuffer> {
  const nested = Buffer.from(zip([{ name: 'b.xml', data: '<b/>' }]));
  const local = nested.subarray(0, nested.indexOf('PK\x01\x02', 0, 'latin1'));
  const file = Buffer.from(
    officeFile('docx', [
      { name: 'a.bin', data: local, stored: true },
      { name: 'b.xml', data: '<b/>' },
    ]),
  );
  const inner = file.indexOf(local);
  const last = file.lastIndexOf('PK\x01\x02', file.length, 'latin1');
  file.writeUInt32LE(inner, last + 42);
  return new Uint8Array(file);
}

function repeated(): Uint8Array<ArrayBuffer> {
  const file = Buffer.from(
    officeFile('docx', [
      { name: 'a.xml', data: '<a/>' },
      { name: 'b.xml', data: '<a/>' },
    ]),
  );
  const last = file.lastIndexOf('PK\x01\x02', file.length, 'latin1');
  const first = file.lastIndexOf('PK\x01\x02', last - 1, 'latin1');
  file.writeUInt32LE(file.readUInt32LE(first + 42), last + 42);
  return new Uint8Array(file);
}

async function totalBytes(): Promise<number> {
  let total = 0;
  await asOwner(test.services.ownerUrl, async (client) => {
    const { rows } = await client.query(
      'select sum(size)::float as total from evidence_files where assessment_id = $1 and removed_at is null',
      [sent.assessmentId],
    );
    total = rows[0].total;
  });
  return total;
}

function storedFiles(): string[] {
  const folder = join(test.services.config.dataDir, 'evidence');
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /[\da-f]{32}/.test(name))
        .toSorted()
    : [];
}
