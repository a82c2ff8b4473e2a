/** `npm run --silent report -- CASE.json -o OUT.pdf [--lang ja|en] [--case ID]`: the report of a case, without a database. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { publicHolidays } from '../adapters/holidays.ts';
import { createPdfRenderer } from '../adapters/pdf/renderer.ts';
import { createReportPrinter } from '../adapters/pdf/report-printer.ts';
import { loadQuestionnaires } from '../adapters/questionnaire-files.ts';
import { buildReport } from '../domain/report/build.ts';
import type { Report } from '../domain/report/report.ts';
import { CaseError } from '../domain/scoring/case-error.ts';
import { evaluate } from '../domain/scoring/evaluate.ts';
import { readCase } from '../domain/scoring/read-case.ts';
import { scoreRange } from '../domain/scoring/score-range.ts';
import { AppError } from '../errors.ts';
import { runProgram } from '../run-program.ts';
import { readCaseFile } from './report-case.ts';
import { splitCase } from './report-details.ts';

/** Fixed: a case that names no questionnaire gives the same report for ever. */
const DEFAULT_QUESTIONNAIRE = 'jp-cloud-ppc@1.0.0';
const USAGE = `使い方 / usage: npm run --silent report -- CASE.json -o OUT.pdf [--lang ja|en] [--case ID]
  CASE.json  {"asOf": "YYYY-MM-DD", "mode": "final" | "provisional", "answers": {…}, "vendor"?: {…}, "service"?: {…}, …}
  --case     複数のケースを持つファイルから1つ選ぶ / chooses one case of a file that holds several`;

type Arguments = {
  readonly file: string;
  readonly out: string;
  readonly lang: 'ja' | 'en';
  readonly name: string | undefined;
};

await runProgram(async (defer) => {
  const asked = readArguments(process.argv.slice(2));
  if (!asked) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const report = reportOf(asked);
  const pdf = createPdfRenderer({
    browserPath: process.env.PUPPETEER_EXECUTABLE_PATH || undefined,
    onIncident: console.error,
  });
  defer(() => pdf.close());
  const bytes = await createReportPrinter(pdf).pdf(report, asked.lang);
  write(asked.out, bytes);
  console.error(
    `${asked.out}  ${report.summary.judgement.label[asked.lang]}  ${report.summary.score} (${report.summary.grade})`,
  );
});

function readArguments(args: readonly string[]): Arguments | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string', short: 'o' },
        lang: { type: 'string', default: 'ja' },
        case: { type: 'string' },
      },
    });
    const { out, lang, case: name } = values;
    const [file] = positionals;
    if (positionals.length !== 1 || !file || !out || (lang !== 'ja' && lang !== 'en')) return undefined;
    return { file, out, lang, name };
  } catch {
    return undefined;
  }
}

function reportOf({ file, name }: Arguments): Report {
  const found = readCaseFile(file, name);
  const { scored, details } = splitCase(found.fields);
  const { id, questionnaire, input } = told(() => readCase(scored));
  const { compiled, hash } = published(questionnaire ?? DEFAULT_QUESTIONNAIRE);
  const isEntrustee = details.organisation?.isEntrustee ?? input.context?.customerIsEntrustee;
  const scoredCase = { ...input, context: { customerIsEntrustee: isEntrustee } };
  const evaluation = told(() => evaluate(compiled, scoredCase));
  const range = scoreRange(compiled, scoredCase);
  return buildReport({
    number: `CASE-${found.name ?? id ?? input.asOf}`,
    version: '1.0',
    issuedAt: new Date().toISOString(),
    ...details,
    questionnaire: compiled.questionnaire,
    questionnaireHash: hash,
    evaluation,
    ...(range ? { range } : {}),
    holidays: publicHolidays(details.incident?.knownOn ?? input.asOf, '2050-12-31'),
  });
}

/** `jp-cloud-ppc` is its newest version, `jp-cloud-ppc@1.0.0` that one. */
function published(name: string) {
  const all = loadQuestionnaires().list();
  const found = all.find(({ compiled }) => compiled.reference === name || compiled.questionnaire.id === name);
  if (found) return found;
  const known = all.map(({ compiled }) => compiled.reference).join(', ');
  throw new AppError(404, 'unknown_questionnaire', {
    ja: `質問票「${name}」はありません。あるのは ${known} です。`,
    en: `There is no questionnaire "${name}". There are ${known}.`,
  });
}

/** An error of the case in the words of a command. */
function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    const { ja, en } = error.text;
    throw new AppError(400, error.code, { ja: `${error.path}：${ja}`, en: `${error.path}: ${en}` });
  }
}

function write(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new AppError(400, 'not_written', {
      ja: `${path} に書き込めません（${code}）。-o には、存在するフォルダーの、書き込める場所を指定してください。`,
      en: `${path} cannot be written (${code}). Give a place in an existing folder that can be written with -o.`,
    });
  }
}
