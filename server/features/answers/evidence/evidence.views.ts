import type { Locale } from '../../../adapters/template-helpers.ts';
import type { Question } from '../../../domain/questionnaire/questionnaire.ts';
import type { EvidenceFile } from '../answers.store.ts';
import { wordsOf } from '../page-words.ts';
import { acceptedExtensions } from './content.ts';

const accept = acceptedExtensions.map((extension) => `.${extension}`).join(',');

/** The evidence of one subject: a question, or a certificate record. null where none is asked for and none was given. */
export function evidenceBlock(
  { evidence: { level, hint } }: Question,
  { subject, files }: { subject: string; files: readonly EvidenceFile[] },
  locale: Locale,
) {
  const own = files.filter((file) => file.subject === subject);
  if (level === 'none' && own.length === 0) return null;
  return {
    subject,
    inputId: `${subject.replace('#', '-')}-file`,
    name: `${subject}.file`,
    accept,
    required: level === 'required',
    hint: hint ? wordsOf(hint, locale) : null,
    files: own.map(({ id, name, size, sha256 }) => ({ id, name, size, sha256, href: `/respond/evidence/${id}` })),
  };
}
