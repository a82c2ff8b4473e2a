import type { Locale } from '../../../adapters/template-helpers.ts';
import { hasExpired, scanCode } from '../../../domain/assessment/evidence-file.ts';
import { questionOf } from '../../../domain/questionnaire/own-questions.ts';
import { wordsOf } from '../page-words.ts';
import type { ReusableFiles } from './read-files.usecases.ts';

export function reuseView(
  { subject, question, sectionHref, files, usedFor, today }: ReusableFiles,
  { locale, back }: { locale: Locale; back: 'check' | null },
) {
  return {
    subject,
    back,
    id: question.id,
    text: wordsOf(question.text, locale),
    backHref: `${sectionHref}${back ? `?return=${back}` : ''}#q-${encodeURIComponent(questionOf(subject))}`,
    files: files.map((file, index) => ({
      inputId: `file-${index + 1}`,
      id: file.id,
      name: file.name,
      size: file.size,
      scan: scanCode(file),
      effectiveOn: file.effectiveOn,
      expiresOn: file.expiresOn,
      expired: hasExpired(file.expiresOn, today),
      usedFor: (usedFor.get(file.sha256) ?? []).join(locale === 'ja' ? '、' : ', '),
    })),
  };
}
