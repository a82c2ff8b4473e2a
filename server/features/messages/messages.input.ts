import { emailAddress, isEmailAddress, oneLine, paragraphs } from '../../domain/assessment/typed-input.ts';
import { AppError, type InvalidField, invalid, invalidAt, type Message } from '../../errors.ts';
import { problem, tooLong } from '../vendors/vendors.input.ts';

/** Characters. */
export const MESSAGE_LENGTH = 2_000;
export const REASON_LENGTH = 1_000;

export type Redirection = { name: string; email: string; remark: string };

/** The text tidied; AppError 400 at `field` when there is none or too much of it. `missing` null: it may be left empty. */
export function acceptedText(typed: string, field: string, limit: number, missing: Message | null): string {
  const text = paragraphs(typed);
  const length = [...text].length;
  if (length === 0 && missing) throw invalidAt(field, missing);
  if (length > limit) throw invalid(shorten, [tooLong(field, limit, length)]);
  return text;
}

/** Who should be asked instead; AppError 400 with everything wrong at once. */
export function acceptedRedirection(typed: Redirection): Redirection {
  const name = oneLine(typed.name);
  const email = emailAddress(typed.email);
  const remark = paragraphs(typed.remark);
  const problems: InvalidField[] = [];
  if (name === '')
    problems.push(problem('name', 'ご担当の方の氏名を入力してください。', 'Enter the name of the contact.'));
  if ([...name].length > 100) problems.push(tooLong('name', 100, [...name].length));
  if (!isEmailAddress(email)) problems.push(wrongAddress);
  if ([...remark].length > REASON_LENGTH) problems.push(tooLong('remark', REASON_LENGTH, [...remark].length));
  if (problems.length > 0) throw invalid(mend, problems);
  return { name, email, remark };
}

/** AppError 429: mails follow from messages, and nobody wants a hundred of them. */
export function tooManyMessages(): AppError {
  return new AppError(429, 'too_many_messages', {
    ja: '短い時間に多くのメッセージが送られました。1時間ほど待ってから、まとめてお送りください。',
    en: 'Many messages were sent in a short time. Please wait an hour, then send what remains in one message.',
  });
}

export const words = {
  empty: { ja: '内容を入力してください。', en: 'Enter your message.' },
  noReason: { ja: '辞退の理由を入力してください。', en: 'Give the reason for declining.' },
} satisfies Record<string, Message>;

const shorten = { ja: '文章を短くしてください。', en: 'Shorten the text.' };
const mend = { ja: '担当窓口の入力内容を直してください。', en: 'Correct the contact.' };
const wrongAddress = problem(
  'email',
  'メールアドレスを、name@example.co.jp の形で入力してください。',
  'Enter an e-mail address like name@example.com.',
);
