import { describe, expect, it } from 'vitest';
import type { AnswerValue } from '../../../server/domain/questionnaire/answer.ts';
import { answerLines } from '../../../server/domain/questionnaire/answer-text.ts';
import { compile } from '../../../server/domain/questionnaire/compile.ts';
import type { Question } from '../../../server/domain/questionnaire/questionnaire.ts';
import { mayHaveAged, oldestDay } from '../../../server/domain/reuse/ageing.ts';
import type { GivenAnswer } from '../../../server/domain/reuse/given-answer.ts';
import { matchAnswers } from '../../../server/domain/reuse/match.ts';
import { saysTheSame } from '../../../server/domain/reuse/same-answer.ts';
import { jp } from '../cases.ts';

function asked(id: string): Question {
  const found = jp.byId.get(id)?.question;
  if (!found) throw new Error(id);
  return found;
}

/** An answer somebody gave to a question that looks like this one. */
function given(like: string, value: AnswerValue, changes: Partial<GivenAnswer> = {}): GivenAnswer {
  const { id, type, text, references } = asked(like);
  const words = answerLines(asked(like), value, jp.questionnaire.certificateKinds);
  const rest = { naReason: '', comment: '', plan: null, conditional: null, withheld: '', on: '2026-04-01', files: [] };
  return { question: id, type, text, references, words, value, ...rest, ...changes };
}

const pairs = (answers: GivenAnswer[], sameQuestionnaire: boolean) =>
  matchAnswers(answers, jp, sameQuestionnaire).offered.map(({ question, given: one, by }) => [
    question.id,
    one.question,
    by,
  ]);

describe('answers given before', () => {
  it('belong to the question with their key, in the same questionnaire only', () => {
    expect(pairs([given('AUTH-01', 12)], true)).toEqual([['AUTH-01', 'AUTH-01', 'key']]);
    expect(pairs([given('AUTH-01', 12, { references: [] })], false)).toEqual([]);
  });

  it('reach another question by the authorities both cite, the closest one first', () => {
    const { references } = asked('AUTH-01');
    const far = given('AUTH-01', 10, { question: 'FAR-1', references: [...references, 'X-1'] });
    const near = given('AUTH-01', 12, { question: 'NEAR-1' });
    expect(pairs([far, near], false)).toContainEqual(['AUTH-01', 'NEAR-1', 'references']);
    expect(pairs([far], false)).toContainEqual(['AUTH-01', 'FAR-1', 'references']);
    const stray = given('AUTH-01', 10, { question: 'X', references: [...references, ...'ABCDEFGHIJ'] });
    expect(pairs([stray], false)).toEqual([]);
  });

  it('are kept from a question of another type, with other words for the value, or about nothing', () => {
    const as = (changes: Partial<GivenAnswer>, value: AnswerValue = 12) =>
      pairs([given('AUTH-01', value, { question: 'P-1', ...changes })], false);
    expect(as({})).not.toEqual([]);
    expect(as({ type: 'text' })).toEqual([]);
    expect(as({ words: [{ ja: '12日', en: '12 days' }] })).toEqual([]);
    expect(as({}, 'unknown')).toEqual([]);
    expect(as({ type: 'number' }, 'twelve')).toEqual([]);
  });

  it('never take the place of an answer with the right key, even one that no longer fits', () => {
    const related = given('AUTH-01', 14, { question: 'P-1' });
    expect(pairs([related, given('AUTH-01', 12)], true)).not.toContainEqual(['AUTH-01', 'P-1', 'references']);
    const { offered, misfits } = matchAnswers([related, given('AUTH-01', 'zwölf')], jp, true);
    expect(misfits.map(({ question }) => question.id)).toEqual(['AUTH-01']);
    expect(offered.filter(({ question }) => question.id === 'AUTH-01')).toEqual([]);
  });

  it('no longer fit where an option is gone, a reason is missing, or the part under a condition does not', () => {
    const why = (one: GivenAnswer) => matchAnswers([one], jp, true).misfits.map((misfit) => misfit.why.en);
    expect(why(given('ORG-02', 'perhaps'))).toEqual([expect.stringContaining('not an option')]);
    expect(why(given('AUTH-01', 'na'))).toEqual([expect.stringContaining('reason')]);
    expect(why(given('ORG-02', 'doc', { conditional: { value: 'perhaps', condition: '上位プラン' } }))).toHaveLength(1);
    expect(why(given('ORG-02', 'doc', { conditional: { value: 'yes', condition: '上位プラン' } }))).toEqual([]);
  });

  it('work with a questionnaire that cites nothing', () => {
    const bare = compile({
      ...jp.questionnaire,
      sections: jp.questionnaire.sections.map((section) => ({
        ...section,
        questions: section.questions.map((question) => ({ ...question, references: [] })),
      })),
    });
    expect(matchAnswers([given('AUTH-01', 12, { references: [] })], bare, false).offered).toEqual([]);
  });
});

describe('what may have changed since', () => {
  it.each([
    ['a day', 'VUL-07', '2026-11-21', true],
    ['a certificate', 'CRT-01', '2026-11-21', true],
    ['a count of facts', 'CEX-05', '2026-11-21', true],
    ['a rule, a month old', 'AUTH-01', '2026-10-22', false],
    ['a rule, a day less than a year old', 'AUTH-01', '2025-11-23', false],
    ['a rule, a year old', 'AUTH-01', '2025-11-22', true],
  ])('%s', (_what, id, on, aged) => {
    expect(mayHaveAged(asked(id), on, '2026-11-22')).toBe(aged);
  });

  it('reaches back whole months, to the last day of a shorter one', () => {
    expect([oldestDay('2026-11-22', 24), oldestDay('2026-05-31', 3)]).toEqual(['2024-11-22', '2026-02-28']);
  });
});

describe('two answers', () => {
  const one = { value: [{ kind: 'ISMS', number: '1' }], naReason: '', conditional: null };
  it('say the same whatever the order of their members', () => {
    expect(saysTheSame(one, { ...one, value: [{ number: '1', kind: 'ISMS' }] })).toBe(true);
    expect(saysTheSame(one, { ...one, value: [{ kind: 'ISMS', number: '2' }] })).toBe(false);
    expect(saysTheSame(one, { ...one, conditional: { value: 'yes', condition: 'x' } })).toBe(false);
    expect(saysTheSame({ ...one, value: '1' }, { ...one, value: 1 })).toBe(false);
  });
});
