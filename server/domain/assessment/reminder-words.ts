/** The steps of the reminder schedule in people's words. */
import type { Localized } from '../questionnaire/questionnaire.ts';

/** 期限の7日前 and "7 days before the due date" for D-7, and so on; null for what is no name of a step. */
export function reminderStepWords(name: unknown): Localized | null {
  const [, sign, digits] = (typeof name === 'string' && /^D([-+])(\d{1,3})$/.exec(name)) || [];
  if (!sign || !digits) return null;
  const days = Number(digits);
  const count = days === 1 ? '1 day' : `${days} days`;
  return sign === '-'
    ? { ja: `期限の${days}日前`, en: `${count} before the due date` }
    : { ja: `期限の${days}日後`, en: `${count} after the due date` };
}

/** What was done, and at which step. */
export function remindedWords(words: Localized, name: unknown): Localized {
  const step = reminderStepWords(name);
  return step ? { ja: `${words.ja}（${step.ja}）`, en: `${words.en} (${step.en})` } : words;
}
