import type { Locale } from '../../adapters/template-helpers.ts';
import { adviceSamples } from './advice-samples.ts';
import { askerSamples } from './asker-samples.ts';
import { changeSamples } from './round-samples.ts';

const question = { ja: '管理者に多要素認証を求めていますか。', en: 'Do administrators sign in with several factors?' };
const answer = { ja: 'すべての管理者に求めている', en: 'Yes, for every administrator' };
const at = '2026-11-20T05:02:00.000Z';
const request = {
  ...{ isExpired: false, isDeclined: false, isSubmitted: false, isLaterRound: false, isOwner: true, mayAnswer: true },
  customer: { ja: '株式会社みなと労務', en: 'Minato Labour, Inc.' },
  sender: { name: '佐藤 花子', title: '個人情報保護管理者', email: 'hanako@minato.example' },
  ...{ lastDay: '2026-12-31', receiptNumber: 'KR-2026-0001', submittedAt: at, round: 2 },
};

/** Parts of the pages on which a vendor's people read, ask and hand in. */
export function vendorSamples(locale: Locale) {
  return {
    request,
    requests: [
      { request: { ...request, isExpired: true } },
      { request: { ...request, isDeclined: true } },
      { request: { ...request, isSubmitted: true, isLaterRound: true } },
    ],
    askers: askerSamples,
    talk: { total: 3, answered: 1, mayDecline: true },
    reuse: { waiting: 42, mayUpload: true },
    checkAdvice: {
      count: 1,
      questions: [{ id: 'SINGLE', href: '#q-SINGLE', text: question, items: adviceSamples(locale) }],
    },
    items,
    attested: { id: 'attested', name: 'attested', error: null },
    notAttested: {
      id: 'not-attested',
      name: 'attested',
      error: { ja: '確認のうえ選択してください。', en: 'Confirm this first.' },
    },
    round: { number: 2, unchanged: [{ id: 'TEXT', text: question, href: '#changes' }], changes: changeSamples },
    workbook,
    messages,
    reply,
  };
}

const unanswered = {
  ...{
    isAnswered: false,
    lines: [],
    addOns: [],
    naReason: '',
    comment: '',
    withheld: '',
    files: [],
    lacksEvidence: false,
  },
};
const items = [
  {
    ...{ ...unanswered, id: 'SINGLE', isAnswered: true, lines: [answer], comment: '運用担当を含みます。' },
    addOns: [
      {
        ja: '計画：2027年3月31日までに残る管理者にも求める',
        en: 'Planned by 31 March 2027: the remaining administrators',
      },
    ],
    withheld: '構成図は来社時に閲覧いただけます。',
    files: [
      { name: '認証方式一覧.pdf', size: 184_320, scan: 'clean', expired: false },
      { name: '外部監査報告書.pdf', size: 921_600, scan: 'waiting', expired: true },
    ],
  },
  {
    ...{ ...unanswered, id: 'REASON', isAnswered: true, lines: [{ ja: '該当なし', en: 'Not applicable' }] },
    ...{ naReason: 'シングルサインオンのみのため。', lacksEvidence: true },
  },
  { ...unanswered, id: 'TEXT' },
];

const what = { ja: '回答', en: 'Answer' };
const row = { text: question, ticked: true, isConflict: false, refused: null, place: '認証 B12' };
const workbook = [
  { ...row, id: 'NEW', changes: [{ what, from: null, to: answer }] },
  {
    ...{ ...row, id: 'CLASH', ticked: false, isConflict: true },
    changes: [{ what, from: { ja: '一部の管理者に求めている', en: 'For some administrators' }, to: answer }],
  },
  {
    ...{ ...row, id: 'EMPTIED', ticked: false, changes: [{ what, from: answer, to: null }] },
    refused: { ja: '選択肢にない値です。', en: 'This is none of the options.' },
  },
];

const message = { isPlain: true, isOurs: true, organisation: null, author: '田中 太郎', proposed: null, at };
const messages = [
  { ...message, kindKey: 'messages.kind.message', body: '管理者用の端末も\n含みますか。' },
  {
    ...message,
    kindKey: 'messages.kind.message',
    isOurs: false,
    organisation: request.customer,
    body: 'はい、含めてお答えください。',
  },
  { ...message, kindKey: 'messages.kind.unclear', isPlain: false, body: '' },
  {
    ...{ ...message, kindKey: 'messages.kind.redirected', isPlain: false, body: '運用部門が担当です。' },
    proposed: { name: '鈴木 基盤', email: 'suzuki@aozora.example' },
  },
];
const reply = {
  ...{ mayWrite: true, action: '/styleguide/vendor', name: 'SINGLE' },
  thread: {
    ...{ questionId: 'SINGLE', bodyKey: 'messages.reply', sendKey: 'messages.sendReply', isWaiting: true },
    body: { id: 'body-SINGLE', name: 'body', value: '', error: null },
  },
};
