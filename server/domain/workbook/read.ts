import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import type { ReadBook } from './book.ts';
import { type ReadRecords, recordsOfSheet } from './read-records.ts';
import { type QuestionRows, rowsOfSheet, typedAnswer } from './read-sections.ts';
import type { CellProblem, ReadWorkbook, TypedAnswer, TypedRecord } from './typed.ts';

/** What people typed into a workbook of this questionnaire. Sheets that are not ours are left alone. */
export function readWorkbook(book: ReadBook, compiled: CompiledQuestionnaire): ReadWorkbook {
  const problems: CellProblem[] = [];
  const rows = new Map<string, QuestionRows>();
  let records: ReadRecords['records'] | null = null;
  for (const sheet of book.sheets) {
    // The sheet with certificates has a heading in common with the others, so it is asked first.
    const certificates = recordsOfSheet(sheet, compiled);
    if (certificates) {
      records = merged(records, certificates.records);
      problems.push(...certificates.problems);
      continue;
    }
    const read = rowsOfSheet(sheet, compiled);
    problems.push(...(read?.problems ?? []));
    for (const one of read?.found ?? []) if (!rows.has(one.question.id)) rows.set(one.question.id, one);
  }
  const spoilt = new Set(problems.map(({ questionId }) => questionId));
  const answers: TypedAnswer[] = [];
  for (const one of rows.values()) {
    // Without its sheet nothing is known about certificates; with a record that cannot be read, not enough.
    const isSpoilt = spoilt.has(one.question.id) || (one.question.type === 'certificates' && records === null);
    const read = typedAnswer(one);
    if (!('question' in read)) problems.push(...read);
    else if (!isSpoilt) answers.push({ ...read, records: records?.get(one.question.id) ?? [] });
  }
  return { answers, problems };
}

function merged(one: ReadRecords['records'] | null, other: ReadRecords['records']): ReadRecords['records'] {
  const all = new Map<string, TypedRecord[]>(one ?? []);
  for (const [id, list] of other) all.set(id, [...(all.get(id) ?? []), ...list]);
  return all;
}
