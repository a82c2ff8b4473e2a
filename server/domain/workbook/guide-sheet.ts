/** The first sheet: what this file is, how to fill it in, how to send it back. */
import type { Cell, Look, Sheet } from './book.ts';
import type { ExportInput, Facts } from './content.ts';
import { guide } from './guide-words.ts';
import { type Locale, words } from './words.ts';

type Row = Sheet['rows'][number];

export function guideSheet({ locale, facts, compiled }: ExportInput): Sheet {
  const line = (key: string, value: string): Row => ({ cells: [cell(key, 'key'), cell(value, 'text')] });
  const text = (key: string, value: string, look: Look = 'lead'): Row => ({
    cells: [cell(key, look === 'warning' ? 'warning' : 'lead'), cell(value, look)],
  });
  const heading = (value: string): Row => ({ height: 26, cells: [cell(value, 'heading')] });
  const { steps, rules, evidence, headings } = guide[locale];
  return {
    name: words.guide[locale],
    state: 'visible',
    orientation: 'portrait',
    columns: [{ width: 22 }, { width: 82 }],
    rows: [
      { height: 32, cells: [cell(facts.questionnaire[locale], 'title')] },
      ...particulars(facts, locale, compiled.reference).map(([key, value]) => line(key, value)),
      heading(headings.steps),
      ...steps.map((step, index) => text(`${index + 1}`, step.replace('{uploadAt}', facts.uploadAt))),
      heading(headings.rules),
      ...rules.map(([key, value]) => line(key, value)),
      heading(headings.evidence),
      ...evidence.map(([key, value]) => text(key, value, 'warning')),
    ],
    footer: `${facts.reference}　${facts.customer}`,
  };
}

function cell(value: string, look: Look): Cell {
  return { value, look };
}

function particulars(facts: Facts, locale: Locale, version: string): [string, string][] {
  const keys = {
    ja: ['依頼番号', '依頼元', '対象サービス', '回答者', '提出期限', '問い合わせ先', '質問票の版', '出力日時'],
    en: ['Request', 'Requested by', 'Service', 'Respondent', 'Due', 'Contact', 'Questionnaire version', 'Exported'],
  }[locale];
  const { reference, customer, service, respondent, dueOn, contact, exportedAt } = facts;
  const values = [reference, customer, service, respondent, dueOn, contact, version, exportedAt];
  return keys.map((key, index) => [key, values[index] ?? '']);
}
