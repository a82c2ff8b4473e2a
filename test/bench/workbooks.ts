/** Export and import of a workbook with 90 answered questions, each beside what nobody can do without. */
import { readFileSync } from 'node:fs';
import { Workbook } from '@cj-tech-master/excelts';
import { loadQuestionnaires } from '../../server/adapters/questionnaire-files.ts';
import { readXlsx } from '../../server/adapters/spreadsheet-library.ts';
import { createSpreadsheets } from '../../server/adapters/spreadsheets.ts';
import type { Answer } from '../../server/domain/questionnaire/answer.ts';
import type { Book } from '../../server/domain/workbook/book.ts';
import { type Content, type ExportInput, nothing } from '../../server/domain/workbook/content.ts';
import { buildBook } from '../../server/domain/workbook/layout.ts';
import type { Meta } from '../../server/domain/workbook/meta.ts';
import { readWorkbook } from '../../server/domain/workbook/read.ts';
import type { Row } from './rows.ts';

const ROUNDS = 12;

/** Medians, taken in turns, so that a busy neighbour slows value and floor alike. */
export async function measure(): Promise<readonly Row[]> {
  const input = inputOfBench();
  const spreadsheets = createSpreadsheets();
  const book = () => buildBook(input, meta, 'code');
  const bytes = await spreadsheets.write(book());
  const times = { write: [] as number[], plain: [] as number[], read: [] as number[], bare: [] as number[] };
  for (let round = -2; round < ROUNDS; round += 1) {
    const plain = await timed(() => writePlain(book()));
    const written = await timed(() => spreadsheets.write(book()));
    const bare = await timed(() => readXlsx(bytes));
    const read = await timed(async () => readWorkbook(await spreadsheets.read(bytes), input.compiled));
    if (round < 0) continue;
    times.plain.push(plain);
    times.write.push(written);
    times.bare.push(bare);
    times.read.push(read);
  }
  const size = `${Math.round(bytes.length / 1024)} KB`;
  return [
    row(`workbook of ${input.compiled.questions.length} questions written (${size})`, times.write, {
      floor: times.plain,
      named: 'for the bare values',
      target: { atMost: 4 },
      note: 'what the floor leaves out are looks, lists of choices, colours for blanks and row heights',
    }),
    row(`workbook of ${input.compiled.questions.length} questions read and understood`, times.read, {
      floor: times.bare,
      named: 'for the bare library',
      target: { atMost: 4 },
      note: 'the parts are checked one by one first, and parsed in a thread of its own, which has to load the library',
    }),
  ];
}

type Against = { floor: readonly number[]; named: string; target: Row['target']; note: string };

function row(what: string, times: readonly number[], { floor, named, target, note }: Against): Row {
  const [value, least] = [median(times), median(floor)];
  return {
    what,
    value: `${value.toFixed(0)} ms`,
    floor: `${least.toFixed(1)} ms ${named}`,
    ratio: value / least,
    target,
    note,
  };
}

const meta: Meta = {
  assessmentId: 'bench',
  reference: 'BENCH-1',
  questionnaireHash: 'bench',
  exportedAt: '2026-11-21T01:00:00.000Z',
  answers: [],
};

function inputOfBench(): ExportInput {
  const { compiled } = loadQuestionnaires().get('jp-cloud-ppc', '1.0.0');
  const { EX2 } = JSON.parse(readFileSync(new URL('../cases/worked-examples.json', import.meta.url), 'utf8'));
  const ids = compiled.questions.map(({ question }) => question.id);
  const answers = new Map(ids.map((id) => [id, contentOf(EX2.answers[id])]));
  return {
    locale: 'ja',
    compiled,
    own: new Set(ids),
    shown: new Set(ids),
    answers,
    files: new Map(),
    plans: true,
    facts: {
      reference: 'BENCH-1',
      customer: '株式会社みなと労務',
      service: 'あおぞら人事',
      respondent: '田中太郎',
      dueOn: '2026年12月18日(金)',
      contact: '山田花子',
      questionnaire: compiled.questionnaire.title,
      version: compiled.reference,
      exportedAt: '2026年11月21日(土) 10:00 JST',
      uploadAt: 'http://127.0.0.1/respond/workbook',
    },
  };
}

function contentOf({ value = null, naReason = '' }: Answer = {}): Content & { revision: number } {
  return { ...nothing, value, naReason, comment: '全テナントに適用しています。', revision: 1 };
}

/** The same values in the same cells, and nothing else. */
async function writePlain(book: Book): Promise<Uint8Array> {
  const workbook = new Workbook();
  for (const { name, rows } of book.sheets) {
    const sheet = workbook.addWorksheet(name);
    for (const { cells } of rows) sheet.addRow(cells.map((cell) => cell?.value ?? null));
  }
  return workbook.xlsx.writeBuffer();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (import.meta.main) {
  const { table } = await import('./rows.ts');
  console.log(table(await measure()));
}
