import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import type { AnswerSheet, QuestionSheet } from '../domain/sheets/sheets.ts';
import { cssString } from './report-helpers.ts';
import { createHelpers, type Locale } from './template-helpers.ts';

const FOLDER = fileURLToPath(new URL('../../templates/reports', import.meta.url));
/** As in the reports: Noto's Latin letters are narrower and read better in running English. */
const FAMILIES = { ja: 'BIZ UDPGothic, Noto Sans JP', en: 'Noto Sans JP, BIZ UDPGothic' };

/** Words of the margins and the properties of the file. */
export type SheetFrame = { title: string; head: string; running: string; foot: string };

const words = new Map(
  Object.entries(JSON.parse(read('sheets', 'words.json')) as Record<string, { ja: string; en: string }>),
);
const helpers = createHelpers(words, new Map());
/** Compiled once, when the module is first loaded: nothing a person typed ever becomes a template. */
const templates = { answers: compiled('answers'), questions: compiled('questions') };

/** One HTML document that refers to nothing outside itself. A field the template expects and the sheet lacks is an error. */
export function renderAnswerSheet(sheet: AnswerSheet, locale: Locale, frame: SheetFrame): string {
  return templates.answers({ ...sheet, frame, locale, families: FAMILIES[locale] }, { data: { locale } });
}

export function renderQuestionSheet(sheet: QuestionSheet, locale: Locale, frame: SheetFrame): string {
  return templates.questions({ ...sheet, frame, locale, families: FAMILIES[locale] }, { data: { locale } });
}

export function sheetWords(key: string, locale: Locale, values: Record<string, unknown> = {}): string {
  return helpers.text(key, locale, values);
}

function compiled(name: string) {
  const handlebars = Handlebars.create();
  const registered = { ...helpers.registered, cssString };
  handlebars.registerHelper(registered);
  const options: CompileOptions = {
    ...{ strict: true, knownHelpersOnly: true, preventIndent: true },
    knownHelpers: { ...helpers.known, cssString: true },
  };
  const css = `${read('report.css')}\n${read('sheets', 'sheet.css')}`;
  const frame = read('sheets', 'frame.hbs').replace('/*css*/', () => css);
  handlebars.registerPartial('frame', handlebars.compile(frame, options));
  handlebars.registerPartial('facts', handlebars.compile(read('sheets', 'facts.hbs'), options));
  return handlebars.compile<object>(read('sheets', `${name}.hbs`), options);
}

function read(...path: string[]): string {
  return readFileSync(join(FOLDER, ...path), 'utf8');
}
