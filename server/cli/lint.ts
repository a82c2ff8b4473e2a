/** `npm run lint:questionnaires [files]`: says what is wrong with questionnaire files, where, and how to mend it. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { checkQuestionnaire, questionnaireFiles } from '../adapters/questionnaire-files.ts';

const given = process.argv.slice(2);
const files = given.length > 0 ? given : questionnaireFiles();
process.exitCode = files.map(lintFile).every(Boolean) ? 0 : 1;

/** Prints every message of a file; true when none is an error. */
function lintFile(path: string): boolean {
  const name = relative(process.cwd(), path) || path;
  const text = readText(path);
  if (text === null) {
    console.error(`${name}: 読めません。ファイル名を確かめてください。/ Cannot be read. Check the name.`);
    return false;
  }
  const { messages } = checkQuestionnaire(text);
  for (const { line, column, level, rule, path: place, message } of messages) {
    console.error(`${name}:${line}:${column} ${level} ${rule}${place.length > 0 ? ` ${place.join('.')}` : ''}`);
    console.error(`  ${message.ja}`);
    console.error(`  ${message.en}`);
  }
  const errors = messages.filter(({ level }) => level === 'error').length;
  const warnings = messages.length - errors;
  console.log(
    `${name}: ${errors === 0 ? '問題なし / fine' : `エラー ${errors}件 / ${errors} errors`}${warnings > 0 ? `, 警告 ${warnings}件 / ${warnings} warnings` : ''}`,
  );
  return errors === 0;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
