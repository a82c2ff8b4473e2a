/** Reads the workbook form of an answer master back into its JSON form; whether that is right is for `readMaster` to say. */
import { type Problem, problem } from '../questionnaire/problem.ts';
import { cellName, type ReadBook, type ReadSheet } from '../workbook/book.ts';
import { RECORDS } from './master-book.ts';
import { about, blanks, fieldOf, type TableName, tables } from './master-columns.ts';
import { type Fields, filled, lines, nested, textual, typedValue } from './master-fields.ts';

type TableRow = { readonly number: number; readonly fields: Fields };
/** `place` turns a path of the JSON form into where it stands in the workbook. */
export type MasterContent = { readonly content: unknown; readonly place: (path: string) => string };

/** null when the workbook is no answer master; problems for formulas and for columns the format has not. */
export function masterOfBook({ sheets }: ReadBook): MasterContent | { problems: readonly Problem[] } | null {
  const head = aboutFields(sheets.find(({ name }) => name === about.name));
  if (head === null) return null;
  const problems: Problem[] = [];
  const read = (table: TableName) => tableRows(sheets, table, problems);
  const [answers, records, evidence] = [read('answers'), read('records'), read('evidence')];
  const [disclosures, files] = [read('disclosures'), read('disclosedFiles')];
  if (problems.length > 0) return { problems: problems.slice(0, 20) };
  const rows = { answers, evidence, disclosures };
  const recordsOf = Map.groupBy(records, ({ fields }) => fields.question);
  const filesOf = Map.groupBy(files, ({ fields }) => fields.receiptNumber);
  return {
    content: {
      ...nested(filled(blanks.about, head)),
      answers: answers.map(({ fields }) => answerOf(fields, recordsOf.get(fields.question) ?? [])),
      evidence: evidence.map(({ fields }) => ({
        ...nested(filled(blanks.evidence, textual(fields, ['size']))),
        questions: lines(fields.questions),
      })),
      disclosures: disclosures.map(({ fields }) => ({
        ...nested(filled(blanks.disclosures, textual(fields, ['round', 'answers']))),
        files: (filesOf.get(fields.receiptNumber) ?? []).map((one) => one.fields.sha256),
      })),
    },
    place: (path) => placeOf(path, rows),
  };
}

/** Only a sheet that names the format makes a workbook an answer master. */
function aboutFields(sheet: ReadSheet | undefined): Fields | null {
  const fields: Fields = {};
  for (const { cells } of sheet?.rows ?? []) {
    const field = fieldOf(cells.find(({ column }) => column === 1)?.value);
    const value = cells.find(({ column }) => column === 2)?.value;
    if (field && value !== undefined && value !== '') fields[field] = String(value);
  }
  return 'format' in fields ? fields : null;
}

function tableRows(sheets: readonly ReadSheet[], table: TableName, problems: Problem[]): TableRow[] {
  const { name, columns } = tables[table];
  const [head, ...rows] = sheets.find((sheet) => sheet.name === name)?.rows ?? [];
  const known = new Set<string>(columns.map(({ field }) => field));
  const fieldAt = new Map<number, string>();
  for (const { column, value } of head?.cells ?? []) {
    const field = fieldOf(value);
    if (field && known.has(field)) fieldAt.set(column, field);
    else if (String(value).trim() !== '')
      problems.push(unknownColumn(`${name}!${cellName(column, head?.number ?? 1)}`));
  }
  return rows.flatMap(({ number, cells }) => {
    const fields: Fields = {};
    for (const { column, value, formula } of cells) {
      const field = fieldAt.get(column);
      if (formula) problems.push(formulaIn(`${name}!${cellName(column, number)}`));
      else if (field && value !== '') fields[field] = value;
    }
    return Object.keys(fields).length > 0 ? [{ number, fields }] : [];
  });
}

function answerOf(fields: Fields, records: readonly TableRow[]): Fields {
  const { value, references, ...rest } = fields;
  const [ja, en] = [lines(fields['words.ja']), lines(fields['words.en'])];
  const { words: _, ...texts } = nested(filled(blanks.answers, textual(rest, ['conditional.value'])));
  return {
    ...texts,
    value: value === RECORDS ? records.map((one) => recordOf(one.fields)) : typedValue(fields.type, value),
    ...(fields['conditional.value'] === undefined
      ? {}
      : {
          conditional: {
            ...(texts.conditional as Fields),
            value: typedValue(fields.type, fields['conditional.value']),
          },
        }),
    references: lines(references),
    words: ja.map((line, index) => ({ ja: line, en: en[index] ?? line })),
  };
}

function recordOf({ question: _, scopeIncludesService, ...fields }: Fields): Fields {
  const scope = scopeIncludesService === undefined ? {} : { scopeIncludesService: scopeIncludesService === 'yes' };
  return { ...textual(fields, []), ...scope };
}

function placeOf(path: string, rows: Readonly<Record<string, readonly TableRow[]>>): string {
  const [, table = '', index = '', ...rest] = path.split('/');
  const row = rows[table]?.[Number(index)];
  if (!row) return path;
  const { name, columns } = tables[table as TableName];
  const at = columns.findIndex(({ field }) => field === rest.join('.') || field.split('.')[0] === rest[0]);
  return `${name}!${at < 0 ? row.number : cellName(at + 1, row.number)}`;
}

function unknownColumn(path: string): Problem {
  return problem(
    path,
    'この列は回答マスタの形式にありません。列を取り除くか、見出しの括弧内の項目名を直してください。',
    'The format of answer masters has no such column. Remove it, or correct the field name in the brackets of its head.',
  );
}

function formulaIn(path: string): Problem {
  return problem(
    path,
    '数式は読み込めません。値として貼り付け直してください。',
    'Formulas are not read. Paste the value instead.',
  );
}
