import { AppError } from '../../errors.ts';

/** The request was withdrawn, or this link replaced or revoked: told only to who reads the registered mailbox. */
export function withdrawn(): AppError {
  return new AppError(410, 'withdrawn', {
    ja: '依頼が取り消されたか、回答の宛先や社内の分担が変更されたため、このリンクからは回答できません。ご不明な点は、案内メールに記載の担当者にお問い合わせください。',
    en: 'The request was withdrawn, or is now addressed to or shared with somebody else, so this link can no longer be used. If you have a question, contact the person named in the mail.',
  });
}
