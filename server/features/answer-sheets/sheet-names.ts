import type { Locale } from '../../adapters/template-helpers.ts';
import type { AnswerSheet, QuestionSheet } from '../../domain/sheets/sheets.ts';

/** Names of the files: the request first, so that they stand together in a folder. */
export function answerSheetName({ reference, submission }: AnswerSheet, locale: Locale): string {
  const words = submission
    ? { ja: `回答控え_${submission.receiptNumber}`, en: `answers_${submission.receiptNumber}` }
    : { ja: '回答の下書き', en: 'draft-answers' };
  return `${reference}_${words[locale]}.pdf`;
}

export function questionSheetName({ reference }: QuestionSheet, locale: Locale): string {
  return `${reference}_${{ ja: '質問票', en: 'questionnaire' }[locale]}.pdf`;
}
