/** The questionnaires shipped with the product: read once, linted, compiled, and named by the hash of their bytes. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CompiledQuestionnaire, compile } from '../domain/questionnaire/compile.ts';
import { lint } from '../domain/questionnaire/lint/lint.ts';
import type { Questionnaire } from '../domain/questionnaire/questionnaire.ts';
import { AppError } from '../errors.ts';
import type { PublishedQuestionnaire, Questionnaires } from '../services.ts';
import { SetupError } from '../setup-error.ts';
import { hasShape, shapeProblems } from './questionnaire-schema.ts';
import { type LocatedMessage, readSource } from './questionnaire-source.ts';

const QUESTIONNAIRE_FOLDER = fileURLToPath(new URL('../../questionnaires', import.meta.url));

export type CheckedFile = {
  readonly messages: readonly LocatedMessage[];
  /** Present when no message is an error. */
  readonly questionnaire?: Questionnaire;
};

/** Everything the linter has to say about one file's text, in the order of the file. */
export function checkQuestionnaire(text: string): CheckedFile {
  const source = readSource(text);
  if (source.value === undefined) return { messages: source.problems };
  const { value } = source;
  const found = hasShape(value) ? lint(value) : shapeProblems(value);
  const located = found.map((message) => ({ ...message, ...source.locate(message.path) }));
  const messages = [...source.problems, ...located].sort((a, b) => a.line - b.line || a.column - b.column);
  const usable = hasShape(value) && messages.every(({ level }) => level !== 'error');
  return usable ? { messages, questionnaire: value } : { messages };
}

/** Paths of the questionnaire files of a folder, in order of name. */
export function questionnaireFiles(folder: string = QUESTIONNAIRE_FOLDER): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => join(folder, name));
}

/**
 * Reads every file of a folder. Throws a SetupError naming file, line and what to do when one has a lint error, or when its name
 * is not `<id>.v<version>.yaml`: the server does not start on rules it cannot trust.
 */
export function loadQuestionnaires(folder: string = QUESTIONNAIRE_FOLDER): Questionnaires {
  const published = questionnaireFiles(folder).map(readFile).sort(newestFirst);
  return {
    list: () => published,
    get(id, version) {
      const found = published.find(
        ({ compiled }) => compiled.questionnaire.id === id && compiled.questionnaire.version === version,
      );
      if (found !== undefined) return found;
      throw new AppError(404, 'questionnaire_not_found', {
        ja: `質問票 ${id} の版 ${version} はありません。一覧から選び直してください。`,
        en: `There is no version ${version} of the questionnaire ${id}. Choose again from the list.`,
      });
    },
  };
}

function readFile(path: string): PublishedQuestionnaire {
  const bytes = readFileSync(path);
  const { messages, questionnaire } = checkQuestionnaire(bytes.toString('utf8'));
  if (questionnaire === undefined) {
    const worst = messages.find(({ level }) => level === 'error');
    const place = `${path}:${worst?.line ?? 1}:${worst?.column ?? 1}`;
    throw new SetupError({
      ja: `質問票に誤りがあります。${place} ${worst?.message.ja ?? ''} npm run lint:questionnaires ですべての誤りを確認できます。`,
      en: `A questionnaire is broken. ${place} ${worst?.message.en ?? ''} npm run lint:questionnaires lists everything.`,
    });
  }
  const expected = `${questionnaire.id}.v${questionnaire.version}.yaml`;
  if (basename(path) !== expected) {
    throw new SetupError({
      ja: `${path} のファイル名を ${expected} にしてください。`,
      en: `Name ${path} ${expected}.`,
    });
  }
  return { compiled: compile(questionnaire), hash: createHash('sha256').update(bytes).digest('hex') };
}

function newestFirst(a: PublishedQuestionnaire, b: PublishedQuestionnaire): number {
  const [left, right] = [a.compiled.questionnaire, b.compiled.questionnaire];
  return left.id.localeCompare(right.id) || compareVersions(right, left);
}

function compareVersions(a: CompiledQuestionnaire['questionnaire'], b: CompiledQuestionnaire['questionnaire']): number {
  return a.version.localeCompare(b.version, 'en', { numeric: true });
}
