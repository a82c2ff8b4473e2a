import type { Locale } from '../../adapters/template-helpers.ts';
import { adviceItems } from '../answers/advice/advice-items.ts';
import { storedForm } from '../answers/answer-form.ts';
import { askView } from '../answers/ask.views.ts';
import type { Conflict } from '../answers/conflict.views.ts';
import { wordsOf } from '../answers/page-words.ts';
import { questionView } from '../answers/question.views.ts';
import { sampleAddOns } from './add-on-samples.ts';
import { advices } from './advice-samples.ts';
import { prefillSamples } from './prefill-samples.ts';
import { type AnswerRow, type EvidenceFile, sampleAnswers, sampleFiles, TODAY } from './sample-answers.ts';
import { certificateKind, sampleQuestions } from './sample-questions.ts';

const conflict: Conflict = {
  yours: {
    text: { ja: 'すべての管理者に求めている', en: 'Yes, for every administrator' },
    comment: '運用担当を含みます。',
  },
  current: {
    text: { ja: '一部の管理者に求めている', en: 'For some administrators' },
    ...{ revision: 2, updatedAt: '2026-11-20T05:02:00.000Z', updatedBy: '鈴木 基盤' },
  },
};
const wrong = { ja: '該当なしの理由を入力してください。', en: 'Give the reason why it does not apply.' };
const unread = { ja: '数値だけを入力してください。', en: 'Enter a number only.' };

/** Questions of every type, each in another state. */
export function questionSamples(locale: Locale) {
  const prefills = prefillSamples();
  return sampleQuestions.map((question) => {
    const { id } = question;
    const row: AnswerRow | undefined = sampleAnswers.get(id);
    const files: readonly EvidenceFile[] = sampleFiles;
    const problems =
      id === 'NUMBER'
        ? [{ path: '/value', message: unread }]
        : id === 'REASON'
          ? [{ path: '/naReason', message: wrong }]
          : [];
    const state = {
      ...{ question, shown: true, row, form: storedForm(question, row), files, today: TODAY, unclear: new Map() },
      ...{ problems, conflict: id === 'SINGLE' ? conflict : null },
    };
    return {
      ...questionView(state, [certificateKind], locale),
      returned: id === 'TEXT' ? returned : id === 'DATE' ? { ...returned, reason: null } : null,
      prefill: prefills.get(id) ?? null,
      advice: { items: id === 'SINGLE' ? adviceItems(advices, locale, (to) => `#q-${to}`) : [] },
      ask: askView(id, notes.get(id), problems.length > 0),
      addOns: sampleAddOns(question, locale),
    };
  });
}

const returned = {
  reason: '対象とする拠点を具体的にご記入ください。\n国外の拠点の有無もお願いします。',
  ...{ dueOn: '2026-12-08', round: 2 },
};
const notes = new Map([
  ['TEXT', { asked: 1, standing: 'waiting' as const, isUnclear: false }],
  ['SINGLE', { asked: 2, standing: 'answered' as const, isUnclear: true }],
]);

/** Questions that can only be read after a return: one answered, one left open. */
export function lockedSamples(locale: Locale) {
  const text = (ja: string, en: string) => wordsOf({ ja, en }, locale);
  const question = text(
    '管理者権限を持つアカウントに多要素認証を求めていますか。',
    'Do administrators sign in with several factors?',
  );
  const none = { lines: [], isAnswered: false, naReason: '', comment: '', files: [] };
  return [
    {
      ...{
        id: 'LOCKED',
        shown: true,
        legend: question,
        isAnswered: true,
        naReason: '',
        comment: '運用担当を含みます。',
      },
      lines: [text('すべての管理者に求めている', 'Yes, for every administrator')],
      files: [{ name: '認証方式一覧.pdf', size: 184_320, href: '#q-LOCKED' }],
    },
    { ...none, id: 'LOCKED-NONE', shown: true, legend: question },
  ];
}
