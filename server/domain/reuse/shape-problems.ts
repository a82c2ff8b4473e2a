/**
 * What is wrong with a value by its JSON Schema, place by place, from the outside in. A generator, because who asks wants the first
 * few: a hostile file is wrong in a million places, and naming them all would take longer than reading it.
 */
import { type Problem, pointer, problem } from '../questionnaire/problem.ts';

/** The part of JSON Schema our own formats use. */
export type Shape = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
};

/** Longer names are cut where they are told. */
const LONGEST_NAME = 60;

export function* shapeProblems(shape: Shape, value: unknown, path = ''): Generator<Problem> {
  if (shape.anyOf) {
    const fits = shape.anyOf.some((one) => shapeProblems(one, value).next().done);
    if (!fits) yield wrongForm(path);
  } else if (shape.type === 'object') yield* objectProblems(shape, value, path);
  else if (shape.type === 'array') yield* listProblems(shape, value, path);
  else if (!isSimple(shape, value)) yield wrongForm(path);
}

function* objectProblems({ properties = {}, required = [] }: Shape, value: unknown, path: string): Generator<Problem> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return yield wrongForm(path);
  const fields = value as Record<string, unknown>;
  for (const name in fields) {
    if (!Object.hasOwn(properties, name)) yield unknownField(path + pointer(name.slice(0, LONGEST_NAME)));
  }
  for (const name of required) if (!Object.hasOwn(fields, name)) yield missingField(path + pointer(name));
  for (const [name, shape] of Object.entries(properties)) {
    if (Object.hasOwn(fields, name)) yield* shapeProblems(shape, fields[name], path + pointer(name));
  }
}

function* listProblems({ items, maxItems = 0 }: Shape, value: unknown, path: string): Generator<Problem> {
  if (!Array.isArray(value)) return yield wrongForm(path);
  if (value.length > maxItems) return yield tooMany(path, maxItems);
  for (const [index, item] of value.entries()) {
    if (items) yield* shapeProblems(items, item, path + pointer(index));
  }
}

function isSimple({ type, minLength = 0, maxLength = 0, pattern, minimum, ...shape }: Shape, value: unknown): boolean {
  if ('const' in shape) return value === shape.const;
  if (shape.enum) return shape.enum.includes(value);
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'string') {
    if (typeof value !== 'string') return false;
    return pattern ? new RegExp(pattern, 'u').test(value) : value.length >= minLength && value.length <= maxLength;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return (type !== 'integer' || Number.isInteger(value)) && (minimum === undefined || value >= minimum);
}

function unknownField(path: string): Problem {
  return problem(
    path,
    'この項目は形式にありません。取り除くか、項目名を直してください。',
    'The format has no such field. Remove it, or correct its name.',
  );
}

function missingField(path: string): Problem {
  return problem(path, 'この項目は必須です。書き加えてください。', 'This field is required. Add it.');
}

function wrongForm(path: string): Problem {
  return problem(
    path,
    '値の種類、書き方または長さが正しくありません。形式の定義に合わせて直してください。',
    'The value is not of the expected kind, form or length. Correct it as the format says.',
  );
}

function tooMany(path: string, most: number): Problem {
  return problem(path, `${most}件までです。減らしてください。`, `At most ${most} are taken. Keep fewer.`);
}
