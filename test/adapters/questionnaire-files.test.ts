import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { loadQuestionnaires, questionnaireFiles } from '../../server/adapters/questionnaire-files.ts';

const small = readFileSync(new URL('../fixtures/small-questionnaire.yaml', import.meta.url), 'utf8');
let folder = '';
const made: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kantoku-questionnaires-'));
  made.push(folder);
});
afterAll(() => {
  for (const one of made) rmSync(one, { recursive: true });
});

function publish(version: string, text = small.replace('version: "1.0.0"', `version: "${version}"`)): string {
  writeFileSync(join(folder, `small.v${version}.yaml`), text);
  return text;
}

describe('published questionnaires', () => {
  it('are named by the hash of their bytes, the newest version first', () => {
    for (const version of ['1.0.0', '1.10.0', '1.9.0']) publish(version);
    const listed = loadQuestionnaires(folder).list();
    expect(listed.map(({ compiled }) => compiled.reference)).toEqual(['small@1.10.0', 'small@1.9.0', 'small@1.0.0']);
    const text = publish('1.0.0');
    expect(loadQuestionnaires(folder).get('small', '1.0.0').hash).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('include both that ship with the product', () => {
    expect(questionnaireFiles().length).toBeGreaterThan(1);
    expect(loadQuestionnaires().get('jp-cloud-ppc', '1.0.0').compiled.questions).toHaveLength(90);
  });

  it('that do not exist are not found, in words', () => {
    publish('1.0.0');
    expect(() => loadQuestionnaires(folder).get('small', '2.0.0')).toThrow(
      expect.objectContaining({ status: 404, code: 'questionnaire_not_found' }),
    );
  });

  it('with a broken rule keep the program from starting and say where', () => {
    publish('1.0.0', small.replace('Q_2.value > 0.0', 'Q_9.value > 0.0'));
    expect(() => loadQuestionnaires(folder)).toThrow(/small\.v1\.0\.0\.yaml:\d+:\d+ 「Q_9」/);
  });

  it('under the name of another version do so too', () => {
    writeFileSync(join(folder, 'small.v2.0.0.yaml'), small);
    expect(() => loadQuestionnaires(folder)).toThrow(/small\.v1\.0\.0\.yaml/);
  });
});
