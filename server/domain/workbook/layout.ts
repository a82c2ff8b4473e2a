import type { Book, Sheet } from './book.ts';
import { createChoiceLists } from './choice-lists.ts';
import type { ExportInput } from './content.ts';
import { guideSheet } from './guide-sheet.ts';
import { type Meta, metaSheet } from './meta.ts';
import { recordsSheet } from './records-sheet.ts';
import { sectionSheet } from './section-sheet.ts';

/**
 * The workbook of one person: guide, a sheet a section with a question of theirs, certificates, and the hidden sheets. Holds what the
 * web pages show to the same person, nothing else.
 */
export function buildBook(input: ExportInput, meta: Meta, mac: string): Book {
  const { compiled, own, locale, facts } = input;
  const lists = createChoiceLists();
  const sections = compiled.questionnaire.sections.flatMap((section, index): Sheet[] => {
    if (!section.questions.some(({ id }) => own.has(id))) return [];
    return [sectionSheet(input, section, sheetName(`${index + 1} ${section.title[locale]}`), lists)];
  });
  const records = recordsSheet(input, lists);
  return {
    title: `${facts.questionnaire[locale]} ${facts.reference}`,
    creator: 'Kantoku',
    madeAt: meta.exportedAt,
    sheets: [guideSheet(input), ...sections, ...(records ? [records] : []), lists.sheet(), metaSheet(meta, mac)],
  };
}

/** Excel allows 31 characters without these signs. */
function sheetName(title: string): string {
  return title
    .replace(/[\\/?*[\]:']/g, ' ')
    .slice(0, 31)
    .trim();
}
