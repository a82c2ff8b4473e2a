import type { CertificateKind, Question } from '../../domain/questionnaire/questionnaire.ts';

const rest = { weight: 1, references: [], advice: { ja: '', en: '' } };
const bare = { ...rest, evidence: { level: 'none' } } as const;

export const certificateKind: CertificateKind = {
  id: 'isms',
  label: { ja: 'ISMS認証（ISO/IEC 27001）', en: 'ISMS (ISO/IEC 27001)' },
  points: 1,
};

/** One of each type; the id tells the state it stands for. */
export const sampleQuestions: readonly Question[] = [
  {
    ...bare,
    ...{ id: 'TEXT', type: 'text' },
    text: { ja: 'サービスを提供する拠点をお書きください。', en: 'From which sites is the service provided?' },
    intent: { ja: '国外からの取扱いの有無を確かめるためです。', en: 'To learn whether data is handled abroad.' },
    example: { ja: '東京都千代田区（開発・運用）', en: 'Chiyoda, Tokyo (development, operations)' },
  },
  {
    ...rest,
    ...{ id: 'SINGLE', type: 'single' },
    text: { ja: '管理者に多要素認証を求めていますか。', en: 'Do administrators sign in with several factors?' },
    options: [
      { value: 'all', label: { ja: 'すべての管理者に求めている', en: 'Yes, for every administrator' }, score: 1 },
      { value: 'some', label: { ja: '一部の管理者に求めている', en: 'For some administrators' }, score: 0.5 },
    ],
    evidence: { level: 'required', hint: { ja: '認証方式の一覧', en: 'List of sign-in methods' } },
  },
  {
    ...bare,
    ...{ id: 'MULTI', type: 'multi' },
    text: { ja: '取得しているログの種類を選んでください。', en: 'Which logs are kept?' },
    options: [
      { value: 'auth', label: { ja: '認証', en: 'Sign-in' }, score: 1 },
      { value: 'admin', label: { ja: '管理操作', en: 'Administration' }, score: 1 },
    ],
    none: { label: { ja: '取得していない', en: 'None' }, score: 0 },
  },
  {
    ...bare,
    ...{ id: 'NUMBER', type: 'number', integer: true },
    text: { ja: 'ログを保存する期間を教えてください。', en: 'For how long are logs kept?' },
    unit: { ja: 'か月', en: 'months' },
  },
  {
    ...rest,
    ...{ id: 'DATE', type: 'date', evidence: { level: 'recommended' } },
    text: { ja: '直近の脆弱性診断はいつですか。', en: 'When was the last vulnerability test?' },
  },
  {
    ...bare,
    ...{ id: 'REASON', type: 'single', notApplicable: {} },
    text: { ja: '本番データを試験に使いますか。', en: 'Is production data used in tests?' },
    options: [{ value: 'no', label: { ja: '使わない', en: 'No' }, score: 1 }],
  },
  {
    ...rest,
    ...{ id: 'RECORDS', type: 'certificates', certificateKinds: ['isms'], evidence: { level: 'required' } },
    text: { ja: '取得している認証を登録してください。', en: 'Which certificates are held?' },
  },
];
