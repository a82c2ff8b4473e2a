import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createSpreadsheets } from '../../server/adapters/spreadsheets.ts';
import type { Book } from '../../server/domain/workbook/book.ts';
import { partsOf } from '../features/workbooks/archive-text.ts';

const spreadsheets = createSpreadsheets();

const book: Book = {
  title: '見本',
  creator: 'Kantoku',
  madeAt: '2026-04-15T01:00:00.000Z',
  sheets: [
    {
      name: '回答',
      state: 'visible',
      columns: [{ width: 10 }, { width: 30, hidden: true }],
      rows: [
        {
          cells: [
            { value: '=1+1', look: 'answer', format: 'text' },
            { value: 12.5, look: 'answer' },
          ],
        },
        { cells: [null, { value: '2026-12-01', look: 'answer', format: 'date' }] },
        {
          cells: [
            { value: ' 前後の空白 \n二行目\t', look: 'lead' },
            { value: '_x0041_', look: 'lead' },
          ],
        },
      ],
      frozen: { rows: 1, columns: 1 },
      headRow: 1,
      footer: 'A & B',
    },
    { name: '_meta', state: 'hidden', columns: [{ width: 10 }], rows: [{ cells: [{ value: '秘' }] }] },
  ],
};

describe('writing', () => {
  it('gives the same bytes for the same book, whenever', async () => {
    const first = await spreadsheets.write(book);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(Buffer.from(await spreadsheets.write(book)).equals(Buffer.from(first))).toBe(true);
  });

  it('writes texts as texts, protects without a password, and hides what is hidden', async () => {
    const parts = await partsOf(await spreadsheets.write(book));
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
    expect(sheet).not.toMatch(/<f[ >]/);
    expect(sheet).toMatch(/<c r="A1"[^>]* t="s"/);
    expect(sheet).toMatch(/<sheetProtection [^>]*sheet="1"/);
    expect(sheet).not.toMatch(/hashValue|password=/);
    expect(sheet).toMatch(/paperSize="9"[^>]*orientation="landscape"|orientation="landscape"[^>]*paperSize="9"/);
    expect(parts.get('xl/workbook.xml')).toMatch(/name="_meta"[^>]*state="veryHidden"/);
  });

  it('comes back as it was', async () => {
    expect(await spreadsheets.read(await spreadsheets.write(book))).toEqual({
      cut: false,
      sheets: [
        {
          name: '回答',
          rows: [
            {
              number: 1,
              cells: [
                { column: 1, value: '=1+1' },
                { column: 2, value: 12.5 },
              ],
            },
            { number: 2, cells: [{ column: 2, value: '2026-12-01' }] },
            {
              number: 3,
              cells: [
                { column: 1, value: ' 前後の空白 \n二行目\t' },
                { column: 2, value: '_x0041_' },
              ],
            },
          ],
        },
        { name: '_meta', rows: [{ number: 1, cells: [{ column: 1, value: '秘' }] }] },
      ],
    });
  });
});

describe('what is refused before it is parsed', () => {
  const workbook = { name: 'xl/workbook.xml', data: '<workbook/>' };
  const cfb = Buffer.from('d0cf11e0a1b11ae1', 'hex');

  it.each<[string, string, Uint8Array]>([
    ['a file above 10 MB', 'workbook_tooLarge', Buffer.alloc(10 * 1024 ** 2 + 1, 'PK\x03\x04')],
    ['CSV', 'workbook_notAWorkbook', Buffer.from('番号,回答')],
    ['an empty file', 'workbook_notAWorkbook', Buffer.alloc(0)],
    ['a PDF', 'workbook_notAWorkbook', Buffer.from('%PDF-1.7')],
    ['a file of Excel 97', 'workbook_oldFormat', Buffer.concat([cfb, Buffer.alloc(512)])],
    [
      'a file with a password',
      'workbook_protected',
      Buffer.concat([cfb, Buffer.alloc(512), Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    ['a Word document', 'workbook_notAWorkbook', zip([{ name: 'word/document.xml', data: '<w/>' }])],
    ['an OpenDocument sheet', 'workbook_openDocument', zip([{ name: 'content.xml', data: '<office/>' }])],
    ['macros', 'workbook_macros', zip([workbook, { name: 'xl/vbaProject.bin', data: 'x' }])],
    ['Excel 4 macros', 'workbook_macros', zip([workbook, { name: 'xl/macrosheets/sheet1.xml', data: 'x' }])],
    ['links to files', 'workbook_links', zip([workbook, { name: 'xl/externalLinks/externalLink1.xml', data: 'x' }])],
    ['data connections', 'workbook_links', zip([workbook, { name: 'xl/connections.xml', data: 'x' }])],
    ['a bomb', 'workbook_bomb', zip([workbook, { name: 'xl/a.xml', data: '0'.repeat(8 * 1024 ** 2) }])],
    [
      'a bomb that lies',
      'workbook_bomb',
      zip([workbook, { name: 'xl/a.xml', data: '0'.repeat(1_000_000), claims: 9 }]),
    ],
    ['too many parts', 'workbook_bomb', zip([workbook, ...many(200)])],
    [
      'too many relationships',
      'workbook_bomb',
      zip([workbook, { name: 'xl/_rels/workbook.xml.rels', data: links(8_000) }]),
    ],
    [
      'too many relationships in many lists',
      'workbook_bomb',
      zip([workbook, ...many(10).map(({ name }) => ({ name: `${name}.rels`, data: links(800) }))]),
    ],
    ['a part twice', 'workbook_bomb', zip([workbook, workbook])],
    ['an encrypted part', 'workbook_protected', zip([workbook, { name: 'xl/a.xml', data: 'x', encrypted: true }])],
    ['a part outside', 'workbook_unreadable', zip([workbook, { name: '../a.xml', data: 'x' }])],
    ['half a file', 'workbook_unreadable', zip([workbook]).subarray(0, 60)],
    ['parts that are no XML', 'workbook_unreadable', zip([{ name: 'xl/workbook.xml', data: 'not <xml' }])],
  ])('%s', async (_, code, bytes) => {
    await expect(spreadsheets.read(bytes)).rejects.toMatchObject({ code });
  });
});

describe('what is parsed', () => {
  it('marks formulas and gives none of their results', async () => {
    const { sheets } = await spreadsheets.read(
      await withCells('<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><v>3</v></c>'),
    );
    expect(sheets[0]?.rows[0]?.cells).toEqual([
      { column: 1, value: '', formula: true },
      { column: 2, value: 3 },
    ]);
  });

  it('expands no entities', async () => {
    const laughs = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(100)}"><!ENTITY c "${'&b;'.repeat(100)}">]>`;
    const bytes = await withCells('<c r="A1" t="inlineStr"><is><t>&c;</t></is></c>', laughs);
    const read = await spreadsheets.read(bytes).catch((error: { code: string }) => error.code);
    expect(JSON.stringify(read).length).toBeLessThan(5_000);
  });

  it('stops a parser that takes too much memory', async () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, index) => `<row r="${index + 1}"><c r="A${index + 1}"><v>1</v></c></row>`,
    );
    const small = createSpreadsheets({ milliseconds: 20_000, megabytes: 12 });
    await expect(small.read(await withRows(rows.join('')))).rejects.toMatchObject({ code: 'workbook_bomb' });
    expect((await spreadsheets.read(await spreadsheets.write(book))).sheets).toHaveLength(2);
  });

  it('stops one that takes too much of the processor, and reads the next file', async () => {
    // 160 KB that would take half a minute: the library compares every merged area with every other.
    const areas = Array.from(
      { length: 30_000 },
      (_, index) => `<mergeCell ref="A${2 * index + 1}:B${2 * index + 2}"/>`,
    );
    const bytes = await withCells('<c r="A1"><v>1</v></c>', '', `<mergeCells>${areas.join('')}</mergeCells>`);
    const hasty = createSpreadsheets({ milliseconds: 2_000, megabytes: 384 });
    await expect(hasty.read(bytes)).rejects.toMatchObject({ code: 'workbook_slow' });
    expect((await hasty.read(await hasty.write(book))).sheets).toHaveLength(2);
  });

  it('hands over no more text than a real workbook has, however small the file', async () => {
    // One shared string in as many cells as one likes: 30 KB become megabytes only on the way out.
    const long = (rows: number) =>
      withRows(
        Array.from({ length: rows }, (_, row) => `<row r="${row + 1}">${cellsOf(row + 1)}</row>`).join(''),
        '',
        'x'.repeat(30_000),
      );
    await expect(spreadsheets.read(await long(9))).rejects.toMatchObject({ code: 'workbook_bomb' });
    expect((await spreadsheets.read(await long(2))).sheets[0]?.rows).toHaveLength(2);
  });

  it('leaves out what no database can hold', async () => {
    const cell = (text: string) => withCells(`<c r="A1" t="inlineStr"><is><t>${text}</t></is></c>`);
    for (const text of ['a_x0000_b', 'a_xD83D_b', 'a&#0;b', 'a&#xD800;b']) {
      const read = await spreadsheets.read(await cell(text)).catch(() => null);
      expect(JSON.stringify(read), text).not.toMatch(/\\u0000|\\ud8/i);
    }
    // A character of two halves where a long text is cut.
    const { sheets } = await spreadsheets.read(await cell(`${'a'.repeat(39_999)}😀`));
    expect(String(sheets[0]?.rows[0]?.cells[0]?.value).isWellFormed()).toBe(true);
  });

  it('says when there is more than it reads', async () => {
    const far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3001"><c r="A3001"><v>1</v></c></row>';
    const read = await spreadsheets.read(await withRows(far));
    expect([read.cut, read.sheets[0]?.rows.length]).toEqual([true, 1]);
  });
});

/** Twenty cells of one row, all with the first shared string. */
function cellsOf(row: number): string {
  return [...'ABCDEFGHIJKLMNOPQRST'].map((column) => `<c r="${column}${row}" t="s"><v>0</v></c>`).join('');
}

function withCells(cells: string, doctype = '', afterwards = ''): Promise<Uint8Array> {
  return withRows(`<row r="1">${cells}</row>`, doctype, undefined, afterwards);
}

/** A real workbook with these rows instead of its own. */
async function withRows(rows: string, doctype = '', shared?: string, afterwards = ''): Promise<Uint8Array> {
  const parts = await partsOf(await spreadsheets.write(book));
  const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
  const changed = sheet
    .replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${rows}</sheetData>${afterwards}`)
    .replace(/\?>/, `?>${doctype}`);
  parts.set('xl/worksheets/sheet1.xml', changed);
  const strings = parts.get('xl/sharedStrings.xml') ?? '';
  if (shared) parts.set('xl/sharedStrings.xml', strings.replace(/<si>.*?<\/si>/s, `<si><t>${shared}</t></si>`));
  return zip([...parts].map(([name, data]) => ({ name, data })));
}

function links(count: number): string {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink';
  return Array.from({ length: count }, (_, index) => {
    const target = Buffer.from(`${index}`.repeat(9)).toString('base64');
    return `<Relationship Id="rId${index}" Type="${type}" Target="https://example.com/${target}"/>`;
  }).join('');
}

function many(count: number): Entry[] {
  return Array.from({ length: count }, (_, index) => ({ name: `xl/part${index}.xml`, data: 'x' }));
}

type Entry = { name: string; data: string; claims?: number; encrypted?: boolean };

/** A zip archive, honest unless told otherwise (APPNOTE 6.3.10, §4.3). */
function zip(entries: readonly Entry[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, claims, encrypted } of entries) {
    const raw = Buffer.from(data);
    const packed = deflateRawSync(raw);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800 | (encrypted ? 1 : 0), 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims ?? raw.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...parts, central, end]));
}
