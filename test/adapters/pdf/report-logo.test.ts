import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPdfRenderer, type PdfRenderer } from '../../../server/adapters/pdf/renderer.ts';
import { createReportPrinter } from '../../../server/adapters/pdf/report-printer.ts';
import { reportHash } from '../../../server/adapters/report-hash.ts';
import { renderReportHtml } from '../../../server/adapters/report-templates.ts';
import { buildReport } from '../../../server/domain/report/build.ts';
import { reportInput } from '../../domain/report/case.ts';
import { inspect } from './inspect.ts';

/** A wide logo with a mark and a name, as many are. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="160"><circle cx="80" cy="80" r="64" fill="#c2410c"/>
<path d="M52 96 80 44l28 52z" fill="#fff"/><rect x="176" y="52" width="430" height="22" fill="#1f2937"/><rect x="176" y="94" width="300" height="14" fill="#9ca3af"/></svg>`;

describe('the cover of a customer with a logo', () => {
  let renderer: PdfRenderer;
  let dataUri: string;
  beforeAll(async () => {
    renderer = createPdfRenderer();
    dataUri = `data:image/png;base64,${(await sharp(Buffer.from(drawing)).png().toBuffer()).toString('base64')}`;
  });
  afterAll(() => renderer?.close());

  const name = { ja: '社会保険労務士法人みなと事務所', en: 'Minato Labour and Social Security Attorneys' };
  const organisation = { name: name.ja, nameEn: name.en, isEntrustee: true };
  const withLogo = () =>
    buildReport(reportInput('EX1', { organisation: { ...organisation, logo: { dataUri, width: 640, height: 160 } } }));

  it('carries the picture in the document itself, so that a later print is the same to the byte', async () => {
    const report = withLogo();
    expect(report.cover.logo).toEqual({ dataUri, width: 640, height: 160 });
    const stored = JSON.parse(JSON.stringify(report));
    expect(reportHash(stored)).toBe(reportHash(report));
    const printer = createReportPrinter(renderer);
    const [first, again] = [await printer.pdf(report, 'ja'), await printer.pdf(stored, 'ja')];
    expect(Buffer.compare(Buffer.from(first), Buffer.from(again))).toBe(0);
    const pdf = await inspect(first);
    expect(pdf).toMatchObject({ tagged: true, figuresWithoutText: 0 });
    expect(JSON.parse(pdf.attachments['report.json'] ?? '').cover.logo.dataUri).toBe(dataUri);
  });

  it.each([
    ['ja', `alt="ロゴ：${name.ja}"`],
    ['en', `alt="Logo: ${name.en}"`],
  ] as const)('names the organisation for who cannot see it (%s)', (lang, alt) => {
    expect(renderReportHtml(withLogo(), lang)).toContain(alt);
  });

  it('is drawn only where there is a logo: an earlier report knows of none and prints as it did', () => {
    const earlier = buildReport(reportInput('EX1', { organisation }));
    expect(Object.hasOwn(earlier.cover, 'logo')).toBe(false);
    const body = (html: string) => html.slice(html.indexOf('<body'));
    const html = body(renderReportHtml(earlier, 'ja'));
    expect(html).not.toContain('<img');
    const sameHash = (text: string) => text.replaceAll(/[0-9a-f]{64}/g, 'hash');
    const logo = /<img class="logo"[^>]*>\n/;
    expect(sameHash(body(renderReportHtml(withLogo(), 'ja')).replace(logo, ''))).toBe(sameHash(html));
  });
});
