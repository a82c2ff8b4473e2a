const text = { ja: 'ログを保存する期間を教えてください。', en: 'For how long are logs kept?' };
const at = '2026-11-20T05:02:00.000Z';
const answer = { ja: '回答', en: 'Answer' };
const comment = { ja: '補足', en: 'Comment' };

/** Every kind of change between two submissions. */
export const changeSamples = [
  {
    ...{ id: 'NUMBER', text, isGone: false, removed: ['ログ一覧（旧）.xlsx'], added: ['ログ管理規程.pdf'] },
    parts: [
      { what: answer, from: [{ ja: '6か月', en: '6 months' }], to: [{ ja: '12か月', en: '12 months' }] },
      { what: comment, from: null, to: [{ ja: '2026年10月に延長した。', en: 'Extended in October 2026.' }] },
    ],
  },
  {
    ...{ id: 'DATE', text, isGone: true, removed: [], added: [] },
    parts: [{ what: answer, from: [{ ja: '2026年10月1日', en: '1 October 2026' }], to: null }],
  },
];

const reason = '対象とする拠点を具体的にご記入ください。';
const returned = [
  { id: 'TEXT', text, reason, isChanged: false, href: '#returned' },
  { id: 'NUMBER', text, reason, isChanged: true, href: '#returned' },
];
const section = {
  ...{ href: '#rounds', title: { ja: '識別と認証', en: 'Identification and authentication' }, returned: 0, changed: 0 },
  ...{ missing: 0, hasTask: true, isDone: false },
};

/** Parts shown after answers were returned. */
export function roundSamples() {
  const start = { number: 2, questions: returned, dueOn: '2026-12-08', previous: 1, receiptNumber: 'KR-2026-0001' };
  return {
    starts: [
      { ...start, isOpen: true, note: 'ご回答ありがとうございました。\n次の2問をご確認ください。', submittedAt: at },
      { ...start, isOpen: false, note: '', submittedAt: at },
    ],
    tasks: {
      ...{ number: 2, questions: returned, changed: 1, showsAll: false },
      sections: [
        { ...section, place: 1, returned: 2, changed: 1, missing: 1 },
        { ...section, place: 2, returned: 1, changed: 1, isDone: true },
        { ...section, place: 3, hasTask: false },
      ],
    },
    comparison: {
      ...{ submittedAt: at, receiptNumber: 'KR-2026-0002', previousAt: '2026-10-20T05:02:00.000Z', returned },
      attestation: { name: '佐藤 一郎', title: '情報セキュリティ部 部長', remark: '拠点は前回のとおりです。' },
      ...{ note: '次の2問をご確認ください。', changes: changeSamples },
      rounds: [
        { number: 2, current: true, href: '#rounds', receiptNumber: 'KR-2026-0002', submittedAt: at },
        {
          number: 1,
          current: false,
          href: '#rounds',
          receiptNumber: 'KR-2026-0001',
          submittedAt: '2026-10-20T05:02:00.000Z',
        },
      ],
    },
  };
}
