/** Certificate records are checked strictly: an unknown field may be a misspelt date, and a misspelt date is a wrong status. */
import { isCalendarDate } from './calendar-date.ts';
import { type Problem, pointer, problem } from './problem.ts';
import type { Question } from './questionnaire.ts';

type FieldRule = { readonly accepts: (value: unknown) => boolean; readonly ja: string; readonly en: string };

const TEXT: FieldRule = {
  accepts: (value) => typeof value === 'string',
  ja: '文字列で指定してください。',
  en: 'Give text.',
};
const DATE: FieldRule = {
  accepts: isCalendarDate,
  ja: '日付は実在する日をYYYY-MM-DDの形で入力してください。',
  en: 'Give a real date written YYYY-MM-DD.',
};
const FLAG: FieldRule = {
  accepts: (value) => typeof value === 'boolean',
  ja: 'true か false で指定してください。',
  en: 'Give true or false.',
};

const FIELDS: ReadonlyMap<string, FieldRule> = new Map([
  ['kind', TEXT],
  ['number', TEXT],
  ['edition', TEXT],
  ['certificationBody', TEXT],
  ['accreditationBody', TEXT],
  ['scope', TEXT],
  ['scopeIncludesService', FLAG],
  ['registeredOn', DATE],
  ['expires', DATE],
  ['auditPeriodEnd', DATE],
  ['periodEnd', DATE],
  ['opinion', TEXT],
  ['status', oneOf(['pending'])],
  ['evidence', oneOf(['none', 'attached', 'verified', 'rejected'])],
]);

const KNOWN = [...FIELDS.keys()].join(', ');

/** Problems of the value of a certificates question: a list of records, each of a kind the question asks for. */
export function certificateProblems(question: Question, value: unknown): readonly Problem[] {
  if (!Array.isArray(value)) {
    return [
      problem(
        '',
        '認証の記録の一覧で指定してください。なければ空の一覧 [] とします。',
        'Give a list of certificate records; an empty list [] means none.',
      ),
    ];
  }
  return value.flatMap((record, index) => recordProblems(question, record, `/${index}`));
}

function recordProblems(question: Question, record: unknown, path: string): readonly Problem[] {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return [
      problem(
        path,
        '認証の記録は項目と値の組で指定してください。',
        'A certificate record has to be an object with named fields.',
      ),
    ];
  }
  const found: Problem[] = [];
  for (const [name, value] of Object.entries(record)) {
    const rule = FIELDS.get(name);
    if (rule === undefined)
      found.push(
        problem(
          path + pointer(name),
          `「${name}」という項目はありません。使えるのは ${KNOWN} です。`,
          `There is no field "${name}". Known fields are ${KNOWN}.`,
        ),
      );
    else if (value !== undefined && !rule.accepts(value)) found.push(problem(path + pointer(name), rule.ja, rule.en));
  }
  const kind = 'kind' in record ? record.kind : undefined;
  const kinds = question.certificateKinds ?? [];
  if (typeof kind !== 'string' || !kinds.includes(kind)) {
    found.push(
      problem(
        `${path}/kind`,
        `種別は ${kinds.join('、')} のいずれかです。`,
        `The kind has to be one of ${kinds.join(', ')}.`,
      ),
    );
  }
  return found;
}

function oneOf(values: readonly string[]): FieldRule {
  return {
    accepts: (value) => typeof value === 'string' && values.includes(value),
    ja: `${values.join('、')} のいずれかで指定してください。`,
    en: `Give one of ${values.join(', ')}.`,
  };
}
