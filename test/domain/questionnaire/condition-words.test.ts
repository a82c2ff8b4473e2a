import { describe, expect, it } from 'vitest';
import { compile } from '../../../server/domain/questionnaire/compile.ts';
import { conditionWords } from '../../../server/domain/questionnaire/condition-words.ts';
import { jp } from '../cases.ts';

/** What the paper says of a question that is asked under `showWhen`. */
function words(showWhen: string | undefined) {
  const sections = jp.questionnaire.sections.map((section) => ({
    ...section,
    questions: section.questions.map(({ showWhen: _, ...question }) =>
      question.id === 'DSC-01' && showWhen ? { ...question, showWhen } : question,
    ),
  }));
  const compiled = compile({ ...jp.questionnaire, sections });
  return conditionWords(compiled, compiled.byId.get('DSC-01')!);
}

describe('a condition in words', () => {
  it.each([
    ['DATA_01.value == "yes"', 'DATA-01が「保存される」である', 'DATA-01 is “Yes, it is stored”'],
    [
      'DATA_01.value != "yes" && DATA_01.known',
      'DATA-01が「保存される」以外である、かつDATA-01に回答した',
      'DATA-01 is not “Yes, it is stored” and DATA-01 has been answered',
    ],
    [
      'MNT_01.value in ["noid", "reach"]',
      'MNT-01が「保守用IDは存在しない（廃止・削除済）」「到達できる」のいずれかである',
      'MNT-01 is “No maintenance IDs exist (abolished or deleted)” or “They can reach it”',
    ],
    [
      '"mynumber" in DATA_02.values',
      'DATA-02で「個人番号（マイナンバー）」を選択した',
      '“Individual Number (My Number)” is chosen in DATA-02',
    ],
    [
      'DATA_02.values.exists(v, v in ["name", "sex"])',
      'DATA-02で「氏名」「性別」のいずれかを選択した',
      '“Name” or “Sex” is chosen in DATA-02',
    ],
    ['DATA_02.values.exists(v, v == "name")', 'DATA-02で「氏名」を選択した', '“Name” is chosen in DATA-02'],
    ['VUL_03.value > 0.0', 'VUL-03が0件を超える', 'VUL-03 is more than 0 vulnerabilities'],
    ['VUL_02.none', 'VUL-02が「期限を定めていない」である', 'VUL-02 is “No deadline has been set”'],
    [
      '(DATA_01.value == "no" || VUL_03.value >= 2.0) && VUL_03.known',
      '（DATA-01が「保存されない」である、またはVUL-03が2件以上である）、かつVUL-03に回答した',
      '(DATA-01 is “No, it is not stored” or VUL-03 is at least 2 vulnerabilities) and VUL-03 has been answered',
    ],
    ['size(DATA_02.values) > 2', 'DATA-02の回答が所定の内容である', 'the answer to DATA-02 calls for it'],
    ['!(DATA_01.value == "yes")', 'DATA-01の回答が所定の内容である', 'the answer to DATA-01 calls for it'],
  ])('%s', (showWhen, ja, en) => {
    expect(words(showWhen)).toEqual({ ja, en });
  });

  it('tells nothing of a question of somebody else but its number', () => {
    const question = jp.byId.get('DATA-03')!;
    expect(conditionWords(jp, question, new Set(['DATA-03']))).toEqual({
      ja: 'DATA-02の回答が所定の内容である',
      en: 'the answer to DATA-02 calls for it',
    });
    expect(conditionWords(jp, question, new Set(['DATA-02', 'DATA-03']))?.ja).toContain('マイナンバー');
  });

  it('says nothing of a question that is always asked', () => {
    expect(words(undefined)).toBeNull();
  });

  it('has words of its own for every condition of the published questionnaire', () => {
    const told = jp.questions.map((question) => conditionWords(jp, question)).filter((one) => one !== null);
    expect(told.length).toBeGreaterThan(20);
    for (const { ja, en } of told) expect(ja + en).not.toMatch(/所定の内容|calls for it|[A-Z]_\d|\.value/);
  });
});
