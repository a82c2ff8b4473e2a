/** The published JSON Schema of questionnaire files, and its messages in words. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type LintMessage, lintError, type Path } from '../domain/questionnaire/lint/lint-message.ts';
import type { Localized, Questionnaire } from '../domain/questionnaire/questionnaire.ts';

const SCHEMA = new URL('../../questionnaires/schema/questionnaire.schema.json', import.meta.url);

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
addFormats.default(ajv);
const matches = ajv.compile<Questionnaire>(JSON.parse(readFileSync(SCHEMA, 'utf8')));

/** Whether the value has the shape of a questionnaire; if so it is one. */
export function hasShape(value: unknown): value is Questionnaire {
  return matches(value);
}

/** What is wrong with the shape, one message a place. */
export function shapeProblems(value: unknown): readonly LintMessage[] {
  if (matches(value)) return [];
  const seen = new Set<string>();
  return (matches.errors ?? []).flatMap((error) => {
    const path = pathOf(error);
    const { ja, en } = inWords(error);
    const key = `${path.join('/')} ${en}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [lintError('schema', path, ja, en)];
  });
}

function pathOf({ instancePath, params }: ErrorObject): Path {
  const steps = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path = steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const extra = params.additionalProperty ?? params.unevaluatedProperty;
  return typeof extra === 'string' ? [...path, extra] : path;
}

function inWords({ keyword, params, message }: ErrorObject): Localized {
  switch (keyword) {
    case 'additionalProperties':
      return {
        ja: `「${params.additionalProperty}」という項目はありません。綴りを確かめるか削除してください。`,
        en: `There is no field "${params.additionalProperty}". Check its spelling or remove it.`,
      };
    case 'required':
      return {
        ja: `「${params.missingProperty}」がありません。書き加えてください。`,
        en: `"${params.missingProperty}" is missing. Add it.`,
      };
    case 'enum':
      return {
        ja: `${params.allowedValues.join('、')} のいずれかにしてください。`,
        en: `Use one of ${params.allowedValues.join(', ')}.`,
      };
    case 'const':
      return {
        ja: `${JSON.stringify(params.allowedValue)} としてください。`,
        en: `This has to be ${JSON.stringify(params.allowedValue)}.`,
      };
    case 'type':
      return {
        ja: `型が違います。${params.type} で書いてください。`,
        en: `The type is wrong. Write a ${params.type}.`,
      };
    case 'pattern':
      return { ja: `形式 ${params.pattern} に合いません。`, en: `This does not have the form ${params.pattern}.` };
    case 'minLength':
      return { ja: '空です。内容を書いてください。', en: 'This is empty. Write something.' };
    default:
      return {
        ja: `形式に合いません（${message ?? keyword}）。`,
        en: `This does not fit the format (${message ?? keyword}).`,
      };
  }
}
