import { readFileSync } from 'node:fs';
import { findBrowser } from '../../server/adapters/pdf/browser-path.ts';
import { launchBrowser } from '../../server/adapters/pdf/launch.ts';
import { residentBytes } from '../../server/adapters/pdf/memory.ts';
import { openBlankPage, PDF_OPTIONS } from '../../server/adapters/pdf/page.ts';
import { createPdfRenderer, type PdfRenderer } from '../../server/adapters/pdf/renderer.ts';
import { createReportPrinter, type ReportPrinter } from '../../server/adapters/pdf/report-printer.ts';
import { loadQuestionnaires } from '../../server/adapters/questionnaire-files.ts';
import { renderReportHtml } from '../../server/adapters/report-templates.ts';
import { buildReport } from '../../server/domain/report/build.ts';
import type { ReportInput } from '../../server/domain/report/input.ts';
import { evaluate } from '../../server/domain/scoring/evaluate.ts';
import { readCase } from '../../server/domain/scoring/read-case.ts';
import type { Row } from './rows.ts';

const ROUNDS = 15;
const AT_A_TIME = 2;
const EARLY = 20;
const LATE = 200;

/** The report of the case with the most issues: pipeline against Chromium alone, throughput, memory. About two minutes. */
export async function measure(): Promise<readonly Row[]> {
  const input = inputOfBench();
  const renderer = createPdfRenderer({ browserPath: process.env.PUPPETEER_EXECUTABLE_PATH });
  const printer = createReportPrinter(renderer);
  try {
    await renderer.warmUp();
    const { pipeline, floor, note } = await speed(printer, input);
    const { perSecond, early, late } = await throughput(renderer, printer, input);
    return [
      {
        what: 'report: pipeline',
        value: `${pipeline.toFixed(0)} ms`,
        floor: `${floor.toFixed(0)} ms page.pdf()`,
        ratio: pipeline / floor,
        target: { atMost: 1.5 },
        note,
      },
      {
        what: `report: ${AT_A_TIME} at a time`,
        value: `${perSecond.toFixed(1)}/s`,
        floor: '3/s',
        ratio: perSecond / 3,
        target: { atLeast: 1 },
        note: 'tagged printing in Chromium takes most of both cores',
      },
      {
        what: `report: memory after ${LATE}`,
        value: megabytes(late),
        floor: `${megabytes(early)} after ${EARLY}`,
        ratio: late / early,
        target: { atMost: 1.1 },
        note: 'resident bytes of Node and of every browser process, shared pages counted more than once',
      },
    ];
  } finally {
    await renderer.close();
  }
}

/** Medians, taken in turns, so that a busy neighbour slows both alike. */
async function speed(printer: ReportPrinter, input: ReportInput) {
  const html = renderReportHtml(buildReport(input), 'ja');
  const { browser, kill } = await launchBrowser(await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH), 30_000);
  const { page } = await openBlankPage(browser);
  await page.setContent(html);
  const times = { pipeline: [] as number[], floor: [] as number[], html: [] as number[] };
  for (let round = -2; round < ROUNDS; round += 1) {
    const floor = await timed(() => page.pdf(PDF_OPTIONS));
    const made = await timed(() => renderReportHtml(buildReport(input), 'ja'));
    const pipeline = await timed(() => printer.pdf(buildReport(input), 'ja'));
    if (round < 0) continue;
    times.floor.push(floor);
    times.html.push(made);
    times.pipeline.push(pipeline);
  }
  kill();
  const [pipeline, floor, made] = [median(times.pipeline), median(times.floor), median(times.html)];
  return { pipeline, floor, note: `document and HTML ${made.toFixed(0)} ms, the rest is layout and a fresh page` };
}

async function throughput(renderer: PdfRenderer, printer: ReportPrinter, input: ReportInput) {
  let started = 0;
  const worker = async (until: number) => {
    while (started < until) {
      started += 1;
      await printer.pdf(buildReport(input), 'ja');
    }
  };
  const workers = (until: number) => Promise.all(Array.from({ length: AT_A_TIME }, () => worker(until)));
  await workers(EARLY);
  const early = await memory(renderer);
  const seconds = (await timed(() => workers(LATE))) / 1000;
  const late = await memory(renderer);
  return { perSecond: (LATE - EARLY) / seconds, early, late };
}

/** Once the pages of the last documents are gone and their successors stand ready. */
async function memory(renderer: PdfRenderer): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  globalThis.gc?.();
  return process.memoryUsage().rss + renderer.browserPids().reduce((sum, pid) => sum + residentBytes(pid), 0);
}

function inputOfBench(): ReportInput {
  const cases = JSON.parse(readFileSync(new URL('../cases/worked-examples.json', import.meta.url), 'utf8'));
  const { compiled, hash } = loadQuestionnaires().get('jp-cloud-ppc', '1.0.0');
  return {
    number: 'BENCH-1',
    version: '1.0',
    issuedAt: '2026-11-21T10:00:00+09:00',
    questionnaire: compiled.questionnaire,
    questionnaireHash: hash,
    evaluation: evaluate(compiled, readCase(cases.EX1).input),
    vendor: { name: '株式会社エムケイシステム' },
    service: { name: '社労夢' },
    holidays: [],
  };
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(0)} MB`;
}
