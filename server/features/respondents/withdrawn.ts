import { AppError } from '../../errors.ts';

/** The request was withdrawn, or this link replaced: told only to who reads the registered mailbox. */
export function withdrawn(): AppError {
  return new AppError(410, 'withdrawn', {
    ja: 'この依頼は依頼元が取り消したため、回答は不要です。お心当たりがない場合や回答の続きが必要な場合は、依頼メールに記載の担当者にご連絡ください。',
    en: 'The requester has withdrawn this request, so no answer is needed. If that surprises you, contact the person named in the request mail.',
  });
}
