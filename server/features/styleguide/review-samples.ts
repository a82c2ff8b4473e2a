import { reviewQuestionSamples } from './review-question-samples.ts';

const text = { ja: '管理者に多要素認証を求めていますか。', en: 'Do administrators sign in with several factors?' };
const section = { ja: '識別と認証', en: 'Identification and authentication' };
const answer = { ja: '一部の管理者に求めている', en: 'For some administrators' };
const answers = [{ id: 'SINGLE', href: '#q-SINGLE', text, answer }];
const finding = {
  ...{ id: 'X1', title: { ja: '管理者の認証', en: 'Sign-in of administrators' }, answers },
  conclusion: {
    ja: '一部の管理者がパスワードだけで認証している。',
    en: 'Some administrators sign in by password only.',
  },
};

/** Parts of the customer's review. */
export function reviewSamples() {
  return {
    heading: 'reviews.standing',
    hint: 'reviews.standingHint',
    result,
    asOf: '2026-11-20',
    brief: true,
    commitments: [
      { ...commitment, ref: 'SINGLE', severity: 'major', late: true, dueOn: '2027-01-31' },
      { ...commitment, ref: 'NUMBER', severity: null, late: false, dueOn: null },
    ],
    findings: [
      { ...finding, status: 'fail', observed: null },
      {
        ...finding,
        id: 'X2',
        status: null,
        answers: [],
        observed: { tone: 'unknown', label: { ja: '未確認', en: 'Not known' } },
      },
    ],
    legal,
    certificates: [
      certificate('expiring', 'warning', '2026-12-31', null),
      certificate('unverified', 'unknown', null, 'A-1'),
    ],
    lists: [
      { labelKey: 'reviews.show.failing', items: [listed] },
      { labelKey: 'reviews.show.toConfirm', items: [] },
    ],
    questions: reviewQuestionSamples(),
    sections: [{ id: 'auth', title: section, count: 1, description: text, questions: [listedQuestion] }],
  };
}

const why = { ja: '重大な不適合が1件あります。', en: 'There is one major finding.' };
const result = {
  ...{
    grade: 'C',
    score: '61.5',
    judgement: 'conditional',
    why,
    coverage: '92',
    answeredOnly: '66.8',
    asOf: '2026-11-20',
  },
  range: { from: '61.5', fromGrade: 'C', to: '70.2', toGrade: 'B', href: '#questions', count: 1 },
  cap: { raw: '72.0', max: '61.5', reason: why },
  issues: ['major', 'minor', 'observation', 'toConfirm'].map((severity, count) => ({ severity, count })),
};
const commitment = { href: '#q-SINGLE', text, measure: '残る管理者にも求める。', by: '2027-03-31' };
const legal = {
  ...{ tone: 'warning', label: { ja: '委託に当たる', en: 'An entrustment' }, confidence: { ja: '中', en: 'medium' } },
  text: { ja: '個人データの取扱いの委託に当たると考えられる。', en: 'This is likely an entrustment of personal data.' },
  mismatch: { ja: '契約上の位置づけと異なる。', en: 'This differs from the contract.' },
  factors: [{ label: answer, answers }],
  overlays: [{ ja: '国外の第三者への提供を確認する。', en: 'Check transfers to third parties abroad.' }],
  disclaimer: { ja: '法的助言ではない。', en: 'This is not legal advice.' },
};
const listed = {
  ...{ id: 'SINGLE', href: '#q-SINGLE', text, section, answer, fails: true, toConfirm: true, isChanged: true },
  ...{ comment: '運用担当を含みます。', evidence: ['attached', 'verified'], score: '50' },
};
const listedQuestion = {
  ...{ id: 'SECTION-1', text, askedAfter: 'TEXT', intent: text, example: answer, notApplicable: { hint: answer } },
  answer: { typeKey: 'questionnaires.type.single', unit: null, none: null, options: [answer], kinds: null },
  evidence: { required: true, hint: answer },
};

function certificate(code: string, tone: string, expires: string | null, number: string | null) {
  const label = { ja: code === 'expiring' ? '期限間近' : '未確認', en: code };
  return {
    ...{
      href: '#certificates',
      kind: { ja: 'ISMS認証', en: 'ISMS' },
      ref: 'RECORDS#1',
      number,
      numberLooksWrong: number !== null,
    },
    ...{ expires, status: { tone, label }, reason: why, evidence: 'attached' },
  };
}
