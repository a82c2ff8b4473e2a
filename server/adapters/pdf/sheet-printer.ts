import type { AnswerSheet, QuestionSheet } from '../../domain/sheets/sheets.ts';
import type { SheetPrinter } from '../../services.ts';
import { renderAnswerSheet, renderQuestionSheet, type SheetFrame, sheetWords } from '../sheet-templates.ts';
import type { Locale } from '../template-helpers.ts';
import type { PdfRenderer } from './renderer.ts';

/** Printing the same copy again gives the same bytes. */
export function createSheetPrinter(renderer: Pick<PdfRenderer, 'render'>): SheetPrinter {
  return {
    answers(sheet, locale) {
      const title = sheetWords(sheet.isDraft ? 'draftTitle' : 'copyTitle', locale);
      const receipt = sheet.submission
        ? [sheetWords('receiptNumber', locale), sheet.submission.receiptNumber].join('\u3000')
        : sheetWords('notHandedIn', locale);
      const frame = frameOf(sheet, { title, note: receipt }, locale);
      return renderer.render(renderAnswerSheet(sheet, locale, frame), propertiesOf(sheet, frame, locale));
    },
    questions(sheet, locale) {
      const frame = frameOf(sheet, { title: sheetWords('blankTitle', locale), note: '' }, locale);
      return renderer.render(renderQuestionSheet(sheet, locale, frame), propertiesOf(sheet, frame, locale));
    },
  };
}

type Sheet = AnswerSheet | QuestionSheet;

function frameOf(sheet: Sheet, { title, note }: { title: string; note: string }, locale: Locale): SheetFrame {
  const reference = [sheetWords('reference', locale), sheet.reference].join('\u3000');
  return {
    title: `${title} ${sheet.reference}`,
    head: title,
    running: `${sheet.customer[locale]}\u3000${sheet.service}`,
    foot: [reference, note].filter(Boolean).join('\u3000\u3000'),
  };
}

function propertiesOf(sheet: Sheet, { title }: SheetFrame, locale: Locale) {
  const issuedAt = 'submission' in sheet && sheet.submission ? sheet.submission.submittedAt : sheet.madeAt;
  return {
    title,
    lang: locale,
    author: 'submission' in sheet ? sheet.vendor[locale] : sheet.customer[locale],
    subject: [sheet.customer[locale], sheet.service].join(' / '),
    issuedAt,
    contentsPrefix: 's',
  };
}
