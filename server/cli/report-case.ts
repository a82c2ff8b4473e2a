import { readFileSync } from 'node:fs';
import { AppError } from '../errors.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * One case of a JSON file: the file itself, or, where it holds several by name as `worked-examples.json` does, the one
 * `name` asks for. Throws AppError 400 `unreadable_case` or `choose_case`.
 */
export function readCaseFile(path: string, name: string | undefined): { name: string | undefined; fields: Fields } {
  const value = parse(path);
  if (!isFields(value))
    throw unreadable(path, '1件のケース（オブジェクト）ではありません', 'it is not one case (an object)');
  if ('answers' in value) {
    if (name === undefined || name === value.id) return { name, fields: value };
    throw choose(path, [String(value.id ?? '')], name);
  }
  const names = Object.keys(value).filter((key) => isFields(value[key]) && 'answers' in value[key]);
  if (names.length === 0) throw unreadable(path, 'answers がありません', 'there is no "answers" in it');
  const chosen = name ?? (names.length === 1 ? names[0] : undefined);
  const fields = chosen !== undefined && names.includes(chosen) ? value[chosen] : undefined;
  if (!isFields(fields)) throw choose(path, names, name);
  return { name: chosen, fields };
}

function parse(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw unreadable(
      path,
      `開けません（${code}）。パスを確かめてください`,
      `it cannot be opened (${code}); check the path`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(path, `JSONとして読めません（${String(error)}）`, `it is not JSON (${String(error)})`);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(path: string, ja: string, en: string): AppError {
  return new AppError(400, 'unreadable_case', { ja: `${path}：${ja}。`, en: `${path}: ${en}.` });
}

function choose(path: string, names: readonly string[], asked: string | undefined): AppError {
  const known = names.filter(Boolean).join(', ') || '—';
  return new AppError(400, 'choose_case', {
    ja:
      asked === undefined
        ? `${path} には複数のケースがあります。--case で1つ選んでください（${known}）。`
        : `${path} にケース「${asked}」はありません。あるのは ${known} です。`,
    en:
      asked === undefined
        ? `${path} holds several cases. Choose one with --case (${known}).`
        : `${path} has no case "${asked}". There are ${known}.`,
  });
}
