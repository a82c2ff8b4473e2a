import { AppError } from '../../errors.ts';
import { mayMailColleague } from '../assessments/colleague-mail-limit.ts';
import type { Change } from './as-owner.ts';
import { inForce } from './as-owner.ts';

/** A questionnaire is answered by a handful of departments. */
export const MAX_COLLEAGUES = 20;

/** Throws AppError 409 `too_many_colleagues`. */
export function requireSeat({ people, me }: Change): void {
  if (inForce(people).filter(({ id }) => id !== me.id).length < MAX_COLLEAGUES) return;
  throw new AppError(409, 'too_many_colleagues', {
    ja: `招待できるのは一度に${MAX_COLLEAGUES}人までです。担当の終わった方の招待を取り消してから、もう一度お試しください。`,
    en: `At most ${MAX_COLLEAGUES} colleagues can have access at a time. Revoke the access of those who are done, then try again.`,
  });
}

/** Throws AppError 429 `too_many_mails`, so that nobody can be mailed without bound, whatever is invited and revoked in turn. */
export async function requireMailAllowed(change: Change, email: string): Promise<void> {
  if (await mailAllowed(change, email)) return;
  throw new AppError(429, 'too_many_mails', {
    ja: '招待・再送のメールが一日に送れる数に達しました。明日もう一度お試しください。お急ぎのときは、すでに届いている案内メールのリンクをお使いいただくよう、ご本人にお伝えください。',
    en: 'As many invitations as one day allows have been sent. Try again tomorrow. If it is urgent, ask the person to use the link in the mail already received.',
  });
}

/** Whether the limit of mails to colleagues leaves room for one more. */
export function mailAllowed({ db, assessment, now }: Change, email: string): Promise<boolean> {
  return mayMailColleague(db, assessment, email, now);
}
