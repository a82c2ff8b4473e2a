/** Words of the events that say more than their name: a round, a date, a reason. */
import type { Localized } from '../questionnaire/questionnaire.ts';
import { dayWords } from './calendar.ts';
import { organisationEventWords } from './organisation-event-words.ts';
import { peopleEventWords } from './people-event-words.ts';
import { remindedWords } from './reminder-words.ts';

type Details = Readonly<Record<string, unknown>>;

/** By action. */
export const withDetails: Readonly<Record<string, (details: Details) => Localized>> = {
  ...organisationEventWords,
  ...peopleEventWords,
  'assessment.submitted': ({ round }) =>
    isLater(round)
      ? { ja: `回答を再提出（第${round}回）`, en: `Answers submitted again (round ${round})` }
      : { ja: '回答を提出', en: 'Answers submitted' },
  'assessment.returned': ({ round, questions, dueOn }) => ({
    ja: `回答を差戻し（第${round}回、${countOf(questions)}問${isDay(dueOn) ? `、期限 ${dayWords(dueOn).ja}` : ''}）`,
    en: `Answers returned (round ${round}, ${countOf(questions)} questions${isDay(dueOn) ? `, due ${dayWords(dueOn).en}` : ''})`,
  }),
  'assessment.returnWithdrawn': ({ round }) => ({
    ja: `差戻しを取下げ（第${round}回）`,
    en: `Return withdrawn (round ${round})`,
  }),
  'assessment.sent': ({ reference }) => added({ ja: '質問票を送付', en: 'Questionnaire sent' }, reference),
  'prefill.offered': ({ reference }) => added({ ja: '前回の回答を提示', en: 'Earlier answers offered' }, reference),
  'answer.adopted': ({ source }) => adoptedWords(source),
  'assessment.autoReminded': (details) =>
    remindedWords({ ja: '自動リマインドを送信', en: 'Reminder sent automatically' }, details),
  'assessment.revoked': ({ reason }) => added({ ja: '評価依頼を取消し', en: 'Assessment revoked' }, reason),
  'assessment.finalised': ({ asOf }) => ({
    ja: `評価を確定${isDay(asOf) ? `（評価基準日 ${dayWords(asOf).ja}）` : ''}`,
    en: `Assessment finalised${isDay(asOf) ? ` (as of ${dayWords(asOf).en})` : ''}`,
  }),
  'dueDate.changed': ({ from, to }) => ({
    ja: `提出期限を変更${isDay(from) && isDay(to) ? `（${dayWords(from).ja}から${dayWords(to).ja}）` : ''}`,
    en: `Due date changed${isDay(from) && isDay(to) ? ` (from ${dayWords(from).en} to ${dayWords(to).en})` : ''}`,
  }),
};

/** Where a reused answer comes from, unless several are told at once; the name of a vendor's own file is not recorded. */
function adoptedWords(source: unknown): Localized {
  const { kind, label, on } = (source ?? {}) as Details;
  if (kind === 'previous')
    return added({ ja: '前回回答を確認のうえ使用', en: 'Earlier answer checked and used' }, label);
  if (kind === 'master')
    return added({ ja: '回答マスタの回答を確認のうえ使用', en: 'Answer from the answer master checked and used' }, on);
  return { ja: '過去の回答を確認のうえ使用', en: 'Earlier answers checked and used' };
}

function added(words: Localized, detail: unknown): Localized {
  return typeof detail === 'string' && detail !== ''
    ? { ja: `${words.ja}（${detail}）`, en: `${words.en} (${detail})` }
    : words;
}

function isLater(round: unknown): boolean {
  return typeof round === 'number' && round > 1;
}

function countOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}
