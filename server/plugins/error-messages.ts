import type { Message } from '../errors.ts';

/** What people read about failures that no feature explains itself: each says how to go on. */
export const messages = {
  invalid: {
    ja: '入力内容を受け付けられませんでした。示された項目を直してもう一度送信してください。',
    en: 'The input was not accepted. Correct the fields named and send it again.',
  },
  tooLarge: {
    ja: '送信された内容が大きすぎます。上限以下にしてもう一度送信してください。',
    en: 'What was sent is too large. Make it smaller than the limit and send it again.',
  },
  mediaType: {
    ja: 'この形式では受け付けていません。画面のフォーム、または application/json で送信してください。',
    en: 'This form of request is not accepted. Use the form on the page, or application/json.',
  },
  tooMany: {
    ja: '短い時間に操作が集中しました。1分ほど待ってからもう一度お試しください。',
    en: 'Too many requests in a short time. Wait a minute and try again.',
  },
  databaseDown: {
    ja: 'データベースに接続できないため、今は保存できません。入力内容はこの画面に残っています。しばらくしてからもう一度お試しください。',
    en: 'The database cannot be reached, so nothing can be saved just now. Keep this page open and try again shortly.',
  },
  unexpected: {
    ja: '処理中に問題が発生しました。もう一度お試しになり、続く場合はエラー番号を添えてご連絡ください。',
    en: 'Something went wrong. Try again; if it happens again, contact us and give the error number.',
  },
} satisfies Record<string, Message>;
