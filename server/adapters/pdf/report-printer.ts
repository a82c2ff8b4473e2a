import type { Report } from '../../domain/report/report.ts';
import { canonicalJson } from '../report-hash.ts';
import { renderReportHtml } from '../report-templates.ts';
import type { PdfRenderer } from './renderer.ts';

/** From the frozen document to the finished PDF: the only way a report is printed. */
export type ReportPrinter = { pdf(document: Report, locale: 'ja' | 'en'): Promise<Uint8Array> };

const WORDS = {
  ja: {
    title: '委託先監査報告書',
    attachment: '本報告書の内容（JSON）',
    keywords: '委託先の監督, 個人情報保護法, 監査報告書',
  },
  en: {
    title: 'Entrustee Audit Report',
    attachment: 'The content of this report (JSON)',
    keywords: 'supervision of entrustees, APPI, audit report',
  },
} as const;

/** The PDF carries the report itself as report.json; its SHA-256 is the hash on the cover. */
export function createReportPrinter(renderer: Pick<PdfRenderer, 'render'>): ReportPrinter {
  return {
    pdf(document, locale) {
      const words = WORDS[locale];
      const subject = [document.cover.vendor?.[locale], document.cover.service?.[locale]].filter(Boolean).join(' / ');
      return renderer.render(renderReportHtml(document, locale), {
        title: `${words.title} ${document.number} (${document.version})`,
        lang: locale,
        author: document.approval.preparedBy?.name ?? document.cover.customer?.[locale] ?? 'Kantoku',
        subject,
        keywords: words.keywords,
        issuedAt: document.issuedAt,
        contentsPrefix: 'p',
        attachments: [
          {
            name: 'report.json',
            mediaType: 'application/json',
            description: words.attachment,
            content: canonicalJson(document),
          },
        ],
      });
    },
  };
}
