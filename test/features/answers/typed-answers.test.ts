import { describe, expect, it } from 'vitest';
import { loadQuestionnaires } from '../../../server/adapters/questionnaire-files.ts';
import type { AnswerValue } from '../../../server/domain/questionnaire/answer.ts';
import type { Question, QuestionType } from '../../../server/domain/questionnaire/questionnaire.ts';
import { digest, postedForm, storedForm } from '../../../server/features/answers/answer-form.ts';
import { readAnswer } from '../../../server/features/answers/answer-of-form.ts';

const { compiled } = loadQuestionnaires().get('jp-cloud-ppc', '1.0.0');

function questionOf(type: QuestionType, fits: (question: Question) => boolean = () => true): Question {
  const found = compiled.questions.find(({ question }) => question.type === type && fits(question));
  if (!found) throw new Error(`no ${type} question`);
  return found.question;
}

function read(question: Question, controls: Record<string, string | string[]>) {
  const fields = new Map(
    Object.entries({ revision: '0', ...controls }).map(([name, value]) => [`${question.id}.${name}`, [value].flat()]),
  );
  const form = postedForm(question, fields);
  if (!form) throw new Error('not posted');
  return readAnswer(question, form);
}

describe('numbers as people type them', () => {
  const question = questionOf('number', ({ none, notApplicable }) => none !== undefined && notApplicable !== undefined);
  it.each([
    ['12', 12],
    ['１２', 12],
    ['1,200', 1200],
    ['１，２００', 1200],
    [' 15 ', 15],
    ['', null],
  ])('%j is %j', (typed, value) => {
    expect(read(question, { typed })).toMatchObject({ answer: { value } });
  });
  it.each(['約10', '8文字', '8-10', '十', '1e3', '--1', '0x10', 'Infinity', '-3'])(
    '%j is told, not guessed',
    (typed) => {
      expect(read(question, { typed })).toMatchObject({
        problems: [{ message: { ja: expect.stringContaining('ください') } }],
      });
    },
  );
  it('is one answer: a number and a tick contradict each other', () => {
    expect(read(question, { typed: '12', choice: 'none' })).toHaveProperty('problems');
    expect(read(question, { choice: ['none', 'unknown'] })).toHaveProperty('problems');
    expect(read(question, { choice: 'none' })).toMatchObject({ answer: { value: 'none' } });
  });
  it('asks for the reason of 該当なし', () => {
    expect(read(question, { choice: 'na', naReason: '　' })).toMatchObject({ problems: [{ path: '/naReason' }] });
    expect(read(question, { choice: 'na', naReason: ' パスワードを使わない ' })).toMatchObject({
      answer: { value: 'na', naReason: 'パスワードを使わない' },
    });
  });
});

describe('dates as people type them', () => {
  const question = questionOf('date');
  it.each([
    '2026-12-01',
    '2026/12/1',
    '2026.12.1',
    '2026年12月1日',
    '令和8年12月1日',
    'R8.12.1',
    '２０２６／１２／１',
    '令和８年１２月１日',
  ])('%s', (typed) => {
    expect(read(question, { typed })).toMatchObject({ answer: { value: '2026-12-01' } });
  });
  it.each(['2026-13-01', '2026-02-30', '12/1', '昨年', '2026年12月'])('%s is told, not guessed', (typed) => {
    expect(read(question, { typed })).toHaveProperty('problems');
  });
});

describe('several choices', () => {
  const question = questionOf('multi', ({ none }) => none !== undefined);
  it('are a list; none of them is said alone', () => {
    const [first = '', second = ''] = (question.options ?? []).map(({ value }) => value);
    expect(read(question, { choice: [first, second] })).toMatchObject({ answer: { value: [first, second] } });
    expect(read(question, { choice: 'none' })).toMatchObject({ answer: { value: 'none' } });
    expect(read(question, { choice: [first, 'none'] })).toHaveProperty('problems');
    expect(read(question, {})).toMatchObject({ answer: { value: null } });
  });
});

describe('certificate records', () => {
  const question = questionOf('certificates');
  it('leave out forms nobody filled in, and read dates', () => {
    const answer = read(question, {
      'records.0.number': '',
      'records.1.number': 'ＩＳ １２３',
      'records.1.expires': '令和10年3月31日',
      'records.1.scopeIncludesService': 'yes',
      'records.1.status': 'pending',
    });
    expect(answer).toMatchObject({
      answer: {
        value: [
          {
            kind: question.certificateKinds?.[0],
            number: 'IS 123',
            expires: '2028-03-31',
            scopeIncludesService: true,
            status: 'pending',
          },
        ],
      },
    });
  });
  it('say at which field of which record something is wrong', () => {
    expect(read(question, { 'records.0.expires': '来年' })).toMatchObject({ problems: [{ path: '/value/0/expires' }] });
    const several = questionOf('certificates', ({ certificateKinds = [] }) => certificateKinds.length > 1);
    expect(read(several, { 'records.0.number': '1' })).toMatchObject({ problems: [{ path: '/value/0/kind' }] });
  });
  it('tell none held from not answered', () => {
    expect(read(question, { choice: 'empty' })).toMatchObject({ answer: { value: [] } });
    expect(read(question, {})).toMatchObject({ answer: { value: null } });
    expect(read(question, { choice: 'empty', 'records.0.number': '1' })).toHaveProperty('problems');
  });
});

describe('what was stored', () => {
  it.each<[QuestionType, AnswerValue]>([
    ['single', 'unknown'],
    ['number', 1200.5],
    ['number', 'unknown'],
    ['date', '2026-12-01'],
    ['text', 'none'],
    ['certificates', []],
    ['certificates', [{ kind: 'ISMS', scopeIncludesService: false, expires: '2027-01-01' }]],
  ])('comes back from its own form unchanged: %s %j', (type, value) => {
    const question = questionOf(type, ({ integer }) => integer !== true || value !== 1200.5);
    const form = storedForm(question, {
      value,
      naReason: '',
      comment: '補足',
      withheld: '社外秘',
      revision: 3,
    } as never);
    const read = readAnswer(question, form);
    expect(read).toMatchObject({ answer: { value, naReason: '', comment: '補足', withheld: '社外秘' } });
    // Where the question offers them, an empty plan and condition say that there is none.
    expect({ plan: null, conditional: null, ...('answer' in read ? read.answer : {}) }).toMatchObject({
      plan: null,
      conditional: null,
    });
    expect(form.was).toBe(digest({ value, naReason: '', comment: '補足', withheld: '社外秘' }));
  });
});
