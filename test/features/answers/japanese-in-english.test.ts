import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { createHelpers } from '../../../server/adapters/template-helpers.ts';
import { loadTemplates } from '../../../server/adapters/templates.ts';
import { answerText } from '../../../server/domain/questionnaire/answer-text.ts';
import type { Question } from '../../../server/domain/questionnaire/questionnaire.ts';

const script = '../../../templates/assets/respond/conflict.js';
const { linesOf } = await import(script);

const templates = new URL('../../../templates/', import.meta.url);
const messages = new Map<string, { ja: string; en: string }>(
  Object.entries(JSON.parse(readFileSync(new URL('text/answers.json', templates), 'utf8'))),
);
const shell = { styles: [], scripts: [], languages: [], items: [], account: null, member: null, home: '/', done: null };
const onlyJapanese = { ja: '定めている', en: '' };
const step = {
  ...{ at: '2026-11-21T01:00:00Z', who: '田中太郎', words: { ja: '回答を保存', en: 'Answer saved' } },
  ...{ saves: null, file: null },
  changes: [{ what: { ja: '回答', en: 'Answer' }, from: onlyJapanese, to: { ja: 'はい', en: 'Yes' } }],
};
const history = {
  ...{ reference: 'KA-1', id: 'ORG-1', question: { text: 'Is there one?', lang: null }, isCut: false, back: '/' },
  steps: [step],
};

describe('Japanese that stands in for missing English is marked as such', () => {
  it('on the history of an answer', () => {
    const english = loadTemplates().page('answers/history', 'en', { ...history, shell });
    expect(english).toContain('<span lang="ja">定めている</span>');
    expect(english).toMatch(/<\/span>Yes<\/ins>/);
    expect(loadTemplates().page('answers/history', 'ja', { ...history, shell })).not.toContain('lang="ja">定め');
  });

  it('in both sides of a conflict, as the page’s script shows them', () => {
    const side = { text: onlyJapanese, addOns: [{ ja: '条件', en: 'Condition' }], naReason: '', comment: '補足' };
    expect(linesOf(side, 'en')).toEqual([
      { text: '定めている', lang: 'ja' },
      { text: 'Condition', lang: null },
      { text: '補足', lang: null },
    ]);
    expect(linesOf(side, 'ja')[0]).toEqual({ text: '定めている', lang: null });
    expect(linesOf({ text: null, comment: 'x' }, 'en')).toEqual([{ text: 'x', lang: null }]);
  });

  it('in both sides of a conflict, as the server shows them', () => {
    const side = { text: onlyJapanese, addOns: [onlyJapanese], naReason: '', comment: '', withheld: '' };
    const model = { yours: side, current: { ...side, by: '鈴木', at: '2026-11-21T01:00:00Z' } };
    const handlebars = Handlebars.create();
    handlebars.registerHelper(createHelpers(messages, new Map()).registered);
    const source = readFileSync(new URL('partials/question/conflict.hbs', templates), 'utf8');
    const panel = handlebars.compile(source)(model, { data: { locale: 'en' } });
    expect(panel.match(/<span lang="ja">定めている<\/span>/g)).toHaveLength(4);
  });

  it('also where several options are told on one line', () => {
    const options = [
      { value: 'a', label: { ja: '甲', en: '' } },
      { value: 'b', label: { ja: '乙', en: '' } },
      { value: 'c', label: { ja: '丙', en: 'C' } },
    ];
    const question = { id: 'X', type: 'multi', options } as unknown as Question;
    expect(answerText(question, ['a', 'b'])).toEqual({ ja: '甲、乙', en: '' });
    expect(answerText(question, ['a', 'c'])).toEqual({ ja: '甲、丙', en: '甲; C' });
  });
});
