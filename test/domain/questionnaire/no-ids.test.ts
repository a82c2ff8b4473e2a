import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadQuestionnaires } from '../../../server/adapters/questionnaire-files.ts';

const server = fileURLToPath(new URL('../../../server', import.meta.url));

/** Ids of everything whose meaning lives in questionnaire files, as they are written there and in rules. */
function ids(): readonly string[] {
  const found = loadQuestionnaires()
    .list()
    .flatMap(({ compiled: { questionnaire, questions } }) => [
      ...questions.flatMap(({ question, variable }) => [question.id, variable]),
      ...(questionnaire.findings ?? []).flatMap(({ id, code }) => [id, code]),
      ...(questionnaire.observations ?? []).flatMap(({ id, code }) => [id, code]),
      ...(questionnaire.legal?.rules ?? []).flatMap(({ knockout }) => knockout ?? []),
      ...Object.values(questionnaire.legal?.factorGroups ?? {}).flatMap((group) =>
        group.map(({ id }) => id).filter(isTelling),
      ),
      ...(questionnaire.customerDuties === undefined ? [] : [questionnaire.customerDuties.id]),
      ...(questionnaire.customerDuties?.duties ?? []).map(({ id }) => id),
    ]);
  return [...new Set(found)];
}

/** EVIDENCE alone is a word like any other; ACTUAL_HANDLING is not. */
function isTelling(id: string): boolean {
  return /[-_:]/.test(id);
}

/** Code without comments: a comment may give an example of an id. */
function code(path: string): string {
  return readFileSync(path, 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

function files(): readonly string[] {
  const names = readdirSync(server, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.(ts|mjs|js)$/.test(name)).map((name) => join(server, name));
}

function mentions(text: string, known: readonly string[]): readonly string[] {
  const words = new Set(text.match(/[A-Za-z0-9_]+(?:[-:][A-Za-z0-9_]+)*/g));
  return known.filter((id) => words.has(id));
}

describe('server code', () => {
  it('is there, and so are the ids looked for', () => {
    expect(files().length).toBeGreaterThan(40);
    expect(ids()).toEqual(
      expect.arrayContaining(['AUTH-01', 'AUTH_01', 'F1', 'F9', 'L1', 'CUS-01', 'ACTUAL_HANDLING']),
    );
    expect(ids().length).toBeGreaterThan(200);
    expect(mentions("if (answers['AUTH-01']) findings.F1 = 'fail';", ids())).toEqual(
      expect.arrayContaining(['AUTH-01', 'F1']),
    );
  });

  it('knows no question, finding or legal factor by its id', () => {
    const known = ids();
    const found = files().flatMap((path) =>
      mentions(code(path), known).map((id) => `${path.slice(server.length + 1)}: ${id}`),
    );
    expect(found).toEqual([]);
  });
});
