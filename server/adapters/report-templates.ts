import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import type { Report } from '../domain/report/report.ts';
import { reportHash } from './report-hash.ts';
import { reportHelpers, type Words } from './report-helpers.ts';
import { reportView } from './report-view.ts';

const FOLDER = fileURLToPath(new URL('../../templates/reports', import.meta.url));

/** Compiled once, when the module is first loaded: nothing a person typed ever becomes a template. */
const renderers = { ja: compileFor('ja'), en: compileFor('en') };

/**
 * The report as one HTML document that refers to nothing outside itself: styles and charts are inline, fonts are those of
 * the machine that prints. A field a template expects and the report lacks is an error, never a blank.
 */
export function renderReportHtml(report: Report, lang: 'ja' | 'en'): string {
  const { render, words } = renderers[lang];
  return render(reportView(report, lang, words, reportHash(report)));
}

function compileFor(lang: 'ja' | 'en') {
  const words = wordsIn(lang);
  const handlebars = Handlebars.create();
  const helpers = reportHelpers(lang, words);
  handlebars.registerHelper(helpers);
  const options: CompileOptions = {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
    preventIndent: true,
  };
  for (const file of readdirSync(join(FOLDER, 'parts'))) {
    handlebars.registerPartial(basename(file, '.hbs'), handlebars.compile(read('parts', file), options));
  }
  const main = read('report.hbs').replace('/*css*/', () => read('report.css'));
  const render = handlebars.compile<ReturnType<typeof reportView>>(main, options);
  return { render, words };
}

/** templates/reports/words.json: every fixed word of the report in both languages. */
function wordsIn(lang: 'ja' | 'en'): Words {
  const entries = Object.entries(JSON.parse(read('words.json')) as Record<string, { ja: string; en: string }>);
  return new Map(entries.map(([key, word]) => [key, word[lang]]));
}

function read(...path: string[]): string {
  return readFileSync(join(FOLDER, ...path), 'utf8');
}
