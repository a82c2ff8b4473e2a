import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPdfRenderer, type PdfRenderer } from '../../../server/adapters/pdf/renderer.ts';
import { createReportPrinter } from '../../../server/adapters/pdf/report-printer.ts';
import { reportHash } from '../../../server/adapters/report-hash.ts';
import { renderReportHtml } from '../../../server/adapters/report-templates.ts';
import { buildReport } from '../../../server/domain/report/build.ts';
import type { ReportInput } from '../../../server/domain/report/input.ts';
import { bareInput, caseNamed, reportInput } from '../../domain/report/case.ts';
import { type Inspected, inspect, showsMissingGlyph } from './inspect.ts';

const PARTS = 15;

describe('the printed report', () => {
  let renderer: PdfRenderer;
  beforeAll(async () => {
    renderer = createPdfRenderer();
    await renderer.warmUp();
  });
  afterAll(() => renderer.close());

  describe.each(['ja', 'en'] as const)('of the case of June 2023 in %s', (lang) => {
    const report = buildReport(reportInput('EX1'));
    let bytes: Uint8Array;
    let pdf: Inspected;
    let text: string;
    beforeAll(async () => {
      bytes = await createReportPrinter(renderer).pdf(report, lang);
      pdf = await inspect(bytes);
      text = squeezed(pdf.pages.join('\n'));
    });

    it('is tagged, titled and in its language, with bookmarks for every part', () => {
      expect(pdf).toMatchObject({ tagged: true, lang, displayDocTitle: true, figuresWithoutText: 0 });
      expect(pdf.title).toContain('KAN-EX1');
      expect(pdf.outline).toHaveLength(PARTS + 1);
      expect([...pdf.roles]).toEqual(
        expect.arrayContaining(['H1', 'H2', 'Table', 'TH', 'TD', 'Figure', 'L', 'LI', 'Link']),
      );
    });

    it('states the judgement, the score and every finding with its result', () => {
      const rows = text.slice(text.indexOf(squeezed(report.findings[0]?.statement[lang] ?? '')));
      expect(text).toContain(squeezed(report.summary.judgement.label[lang]));
      expect(text).toContain('1.3');
      for (const finding of report.findings) {
        expect(rows, finding.id).toContain(squeezed(finding.statement[lang]));
        expect(rows, finding.id).toContain(squeezed(finding.conclusion[lang]));
        expect(rows, finding.id).toContain(squeezed(finding.status.label[lang]));
      }
    });

    it('prints every question with its answer, every issue and every item to confirm', () => {
      for (const section of report.sections) {
        for (const question of section.questions) expect(text, question.id).toContain(squeezed(question.text[lang]));
      }
      for (const issue of report.issues.issues) expect(text, issue.ref).toContain(squeezed(issue.recommendation[lang]));
      for (const issue of report.issues.toConfirm) expect(text, issue.ref).toContain(issue.number);
    });

    it('carries itself, and the hash on the cover is that of the attachment', () => {
      const attached = pdf.attachments['report.json'] ?? '';
      expect(JSON.parse(attached)).toEqual(JSON.parse(JSON.stringify(report)));
      expect(createHash('sha256').update(attached).digest('hex')).toBe(reportHash(report));
      expect(squeezed(pdf.pages[0] ?? '')).toContain(reportHash(report));
    });

    it('has no blank page, no missing glyph, embedded fonts, and page numbers throughout', async () => {
      expect(pdf.pages.length).toBeGreaterThan(15);
      expect(pdf.pages.length).toBeLessThan(35);
      for (const [index, page] of pdf.pages.entries()) {
        expect(squeezed(page), `page ${index + 1}`).toContain(`${index + 1}/${pdf.pages.length}`);
        expect(squeezed(page).length, `page ${index + 1}`).toBeGreaterThan(150);
      }
      expect(text).not.toContain('\uFFFD');
      expect(await showsMissingGlyph(bytes)).toBe(false);
      expect(pdf.fonts.every((font) => font.embedded)).toBe(true);
      expect(bytes.byteLength).toBeLessThan(2 * 1024 * 1024);
    });

    it('names in its contents the page on which each part begins', () => {
      const contents = squeezed(pdf.pages[1] ?? '');
      const starts = pdf.outlinePages.slice(1);
      expect(new Set(starts).size).toBeGreaterThan(8);
      const afterContents = contents.slice(contents.lastIndexOf(lang === 'ja' ? '日付' : 'Date'));
      expect(afterContents, 'drawn last, in the order of the parts').toContain(starts.join(''));
    });

    it('leaves no heading alone at the foot of a page', () => {
      const headings = pdf.outline.map(squeezed);
      for (const [index, page] of pdf.pages.entries()) {
        const lines = page.trim().split('\n').map(squeezed).filter(Boolean);
        const body = lines.filter(
          (line) => !/^\d+\/\d+$/.test(line) && !line.includes(lang === 'ja' ? '社外秘' : 'Confidential'),
        );
        expect(headings, `page ${index + 1} ends with a heading`).not.toContain(body.at(-1));
      }
    });
  });

  it.each([
    ['of a service with conditions', 'EX8', 'ja', 0],
    ['in English', 'EX8', 'en', 0],
    ['with many files and much that was not handed over', 'EX1', 'ja', 45],
  ] as const)(
    'keeps headings, introductions and the heads of tables with what follows them: %s',
    async (_, name, lang, count) => {
      const report = buildReport({ ...bareInput(name), ...long(count) });
      const html = renderReportHtml(report, lang).replace(/^.*<\/style>/s, '');
      const starts = html.match(/<(h[123]|caption|thead|p class="lead")[ >].*?<\/(h[123]|caption|thead|p)>/gs) ?? [];
      const texts = starts.map((one) => squeezed(one.replace(/<[^>]+>/g, ''))).filter((one) => one.length > 1);
      expect(texts.length).toBeGreaterThan(40);
      const { pages } = await inspect(await createReportPrinter(renderer).pdf(report, lang));
      for (const [index, page] of pages.entries()) {
        const end = squeezed(page);
        expect(
          texts.filter((one) => end.endsWith(one)),
          `foot of page ${index + 1}`,
        ).toEqual([]);
        // Nor is an introduction torn apart.
        const last = end.slice(-25);
        expect(
          texts.filter((one) => one.includes(last)),
          `foot of page ${index + 1}`,
        ).toEqual([]);
      }
    },
  );

  it('gives the same bytes again', async () => {
    const report = buildReport(reportInput('EX3'));
    const printer = createReportPrinter(renderer);
    const [first, second] = [await printer.pdf(report, 'ja'), await printer.pdf(report, 'ja')];
    expect(Buffer.compare(Buffer.from(first), Buffer.from(second))).toBe(0);
  });

  it('marks every page of a provisional report as a draft', async () => {
    const provisional = { ...caseNamed('EX3'), mode: 'provisional' as const };
    const pdf = await inspect(
      await createReportPrinter(renderer).pdf(buildReport(bareInput('EX3', provisional)), 'ja'),
    );
    for (const page of pdf.pages) expect(page).toContain('草案');
  });

  it('says 未記入 where nothing was given, and never prints undefined, null or an object', async () => {
    const pdf = await inspect(await createReportPrinter(renderer).pdf(buildReport(bareInput('EX3')), 'ja'));
    expect(pdf.pages[0]).toContain('未記入');
    expect(pdf.pages.join('\n')).not.toMatch(/undefined|null|NaN|\[object/);
  });
});

/** Files and refusals of them, as a thorough vendor gives them. */
function long(count: number): Pick<ReportInput, 'evidenceFiles' | 'withheld'> {
  const subjects = ['DATA-01', 'DATA-02', 'CEX-01', 'MNT-01', 'AUTH-03', 'AUTH-08', 'VUL-03', 'LOG-04'];
  const file = { size: 2_048, mediaType: 'application/pdf', uploadedBy: '田中太郎', state: 'attached' } as const;
  return {
    evidenceFiles: Array.from({ length: count }, (_, index) => ({
      ...{ ...file, id: `f${index}`, name: `証跡資料_${index}_情報セキュリティ管理規程.pdf` },
      ...{ subject: subjects[index % subjects.length] ?? '', sha256: 'a'.repeat(64) },
      uploadedAt: `2026-11-01T10:${String(index).padStart(2, '0')}:00+09:00`,
    })),
    withheld: subjects
      .slice(0, count)
      .map((subject) => ({ subject, reason: '構成図は社外秘のため提出できません。\n画面共有で閲覧いただけます。' })),
  };
}

describe('vendor text in the report', () => {
  const attacks = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</td></tr></table><h1>偽の見出し</h1>',
    '{{constructor.constructor "return process"}}',
    '</style><link rel=prefetch href=http://127.0.0.1:1>',
    '</title><script>1</script>',
    "' onmouseover='x",
    '\u202E逆向き\u202C と \u200D',
  ];

  it.each(attacks)('stands as text wherever people may write: %s', (attack) => {
    const report = buildReport(
      reportInput('EX3', {
        number: attack,
        vendor: { name: attack, address: attack },
        service: { name: attack, dataItems: [attack] },
        reviews: [{ subject: 'ORG-02', remark: attack }],
        attestation: { name: attack },
        history: [{ at: '2026-01-01T00:00:00Z', actor: attack, action: { ja: attack, en: attack }, detail: attack }],
      }),
    );
    const html = renderReportHtml(report, 'ja');
    for (const tag of ['script', 'link', 'img']) expect(html).not.toContain(`<${tag}`);
    expect(html.match(/<h1/g)).toHaveLength(PARTS + 1);
    expect(html.match(/<\/style/g)).toHaveLength(1);
    expect(html).not.toMatch(/<[a-z]+[^>]*\son\w+=/i);
    expect(html).not.toMatch(/(?:href|src)="(?!#)/);
  });

  it('cannot end the string in the page header', () => {
    const number = '1"; } @top-left { content: url(http://x/) } /*';
    const html = renderReportHtml(buildReport(reportInput('EX3', { number })), 'ja');
    const header = /@top-left \{ content: "([^"]*)"; font/.exec(html)?.[1];
    expect(header).toMatch(/^(?:[A-Za-z0-9]|\\[0-9a-f]+ )+$/);
  });
});

/** Line breaks and spaces depend on the layout, and half- and full-width forms on the font's mapping. */
function squeezed(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '');
}
