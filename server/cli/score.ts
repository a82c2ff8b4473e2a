/**
 * `npm run --silent score < cases.jsonl`: one JSON case a line in, one JSON result a line out, in order. A bad line becomes an
 * error in its place and the exit code 1; the others still run. `--explain` adds how each number came about.
 */
import { loadQuestionnaires } from '../adapters/questionnaire-files.ts';
import type { CompiledQuestionnaire } from '../domain/questionnaire/compile.ts';
import { CaseError } from '../domain/scoring/case-error.ts';
import { evaluate } from '../domain/scoring/evaluate.ts';
import type { Evaluation } from '../domain/scoring/evaluation.ts';
import { caseId, readCase } from '../domain/scoring/read-case.ts';
import { linesOf, writeLine } from './json-lines.ts';

/** Fixed: a case that names no questionnaire gives the same result for ever. */
const DEFAULT_QUESTIONNAIRE = 'jp-cloud-ppc@1.0.0';
const USAGE = `使い方 / usage: npm run --silent score [-- --explain] < cases.jsonl
1行に1件のJSON / one JSON case a line: {"id": …, "asOf": "YYYY-MM-DD", "mode": "final" | "provisional", "context": …, "answers": {…}}`;

const args = process.argv.slice(2);
const explain = args.includes('--explain');
if (args.some((arg) => arg !== '--explain')) {
  console.error(USAGE);
  process.exit(args.includes('--help') ? 0 : 2);
}
if (process.stdin.isTTY) console.error(USAGE);

const questionnaires = loadQuestionnaires();
let number = 0;
for await (const line of linesOf(process.stdin)) {
  number += 1;
  if (line.trim() !== '') await writeLine(scored(line, number));
}

/** The result of a line, or its error. */
function scored(line: string, lineNumber: number): Record<string, unknown> {
  let id: string | number | null = null;
  try {
    const value = parsed(line);
    id = caseId(value);
    const { questionnaire, input } = readCase(value);
    return printed(id, evaluate(questionnaireNamed(questionnaire ?? DEFAULT_QUESTIONNAIRE), input));
  } catch (error) {
    process.exitCode = 1;
    const known = id === null ? {} : { id };
    return { ...known, line: lineNumber, error: described(error) };
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    const text = {
      ja: 'この行はJSONとして読めません。1行に1件のJSONを書いてください。',
      en: 'This line is not JSON. Write one JSON case a line.',
    };
    throw new CaseError('invalid_json', text, '');
  }
}

/** `jp-cloud-ppc` is its newest version, `jp-cloud-ppc@1.0.0` that one. */
function questionnaireNamed(name: string): CompiledQuestionnaire {
  const found = questionnaires
    .list()
    .find(({ compiled }) => compiled.reference === name || compiled.questionnaire.id === name);
  if (found !== undefined) return found.compiled;
  const known = questionnaires.list().map(({ compiled }) => compiled.reference);
  const text = {
    ja: `質問票「${name}」はありません。あるのは ${known.join('、')} です。`,
    en: `There is no questionnaire "${name}". There are ${known.join(', ')}.`,
  };
  throw new CaseError('unknown_questionnaire', text, '/questionnaire');
}

/** Exactly the published fields, in their published order. */
function printed(id: string | number | null, evaluation: Evaluation): Record<string, unknown> {
  const { why, ...result } = evaluation;
  return explain ? { id, ...result, why } : { id, ...result };
}

function described(error: unknown): Record<string, unknown> {
  if (error instanceof CaseError) return { code: error.code, message: error.text, path: error.path };
  console.error(error);
  return {
    code: 'internal_error',
    message: {
      ja: 'この行を採点できませんでした。標準エラー出力の内容を添えてお知らせください。',
      en: 'This line could not be scored. Please report what standard error says.',
    },
    path: '',
  };
}
