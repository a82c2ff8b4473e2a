import type { Message } from '../../errors.ts';

/** Words at a field. None of them tells whether a link or an address is known. */
export const noToken: Message = {
  ja: '依頼メールに記載のリンクを、先頭から末尾まで貼り付けてください。',
  en: 'Paste the whole link from the request mail.',
};
export const wrongCode: Message = {
  ja: '確認コードが正しくないか、有効期限が切れています。最後に届いたメールの8桁のコードを入力するか、コードを送り直してください。',
  en: 'This code is wrong or no longer valid. Enter the 8 digits of the latest mail, or have a new code sent.',
};
export const noAddress: Message = {
  ja: 'メールアドレスを name@example.co.jp の形で入力してください。',
  en: 'Enter an e-mail address like name@example.com.',
};
