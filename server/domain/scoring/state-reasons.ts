/** The sentences behind answers that give no score of their own, and behind what evidence did to a score. */
import type { Answer } from '../questionnaire/answer.ts';
import { naRefusal } from '../questionnaire/answer-state.ts';
import type { Localized, Question } from '../questionnaire/questionnaire.ts';
import type { AnswerState, EvidenceFlag } from './evaluation.ts';

type Silent = Exclude<AnswerState, 'answered' | 'invalidNa'>;

const STATE_REASONS: Record<Silent, Localized> = {
  hidden: {
    ja: '前提となる設問の回答により対象外',
    en: 'Does not apply, because of the answer to an earlier question',
  },
  unanswered: { ja: '未回答', en: 'Not answered' },
  unknown: { ja: '「わからない・確認中」との回答', en: 'Answered "not known / being checked"' },
  na: {
    ja: '理由を添えて「該当なし」と回答（採点から除外）',
    en: 'Answered "not applicable" with a reason (left out of the score)',
  },
};
const LATER_DATE: Localized = {
  ja: '評価基準日より後の日付であり、基準日の時点では未確認',
  en: 'The date lies after the evaluation date, so it was not known then',
};
const REFUSED_NA = {
  notOffered: {
    ja: '「該当なし」を選べない設問で「該当なし」と回答',
    en: 'Answered "not applicable" where that cannot be answered',
  },
  noReason: { ja: '理由のない「該当なし」との回答', en: 'Answered "not applicable" without a reason' },
  rejected: { ja: '「該当なし」との回答を確認者が認めなかった', en: 'The reviewer did not accept "not applicable"' },
} satisfies Record<string, Localized>;

/** Why a question that was not answered with a value counts as it does. */
export function stateReason(
  state: Exclude<AnswerState, 'answered'>,
  question: Question,
  answer: Answer | undefined,
): Localized {
  if (state === 'invalidNa') return REFUSED_NA[naRefusal(question, answer) ?? 'rejected'];
  if (state === 'unknown' && answer?.value !== 'unknown') return LATER_DATE;
  return STATE_REASONS[state];
}

const kept = new WeakMap<Localized, Map<string, Localized>>();

/** The reason of a rating with what the evidence did to it. The same sentence is the same object, written once. */
export function withEvidence(reason: Localized, flag: EvidenceFlag, multiplier: number): Localized {
  const variants = kept.get(reason) ?? new Map<string, Localized>();
  kept.set(reason, variants);
  const key = `${flag} ${multiplier}`;
  const written = variants.get(key) ?? joined(reason, evidenceReason(flag, multiplier));
  variants.set(key, written);
  return written;
}

function evidenceReason(flag: EvidenceFlag, multiplier: number): Localized {
  switch (flag) {
    case 'missing':
      return {
        ja: `必須の証跡がないため${multiplier}を乗じる`,
        en: `required evidence is missing, so × ${multiplier}`,
      };
    case 'rejected':
      return {
        ja: `証跡が回答と矛盾するため${multiplier}を乗じる`,
        en: `the evidence contradicts the answer, so × ${multiplier}`,
      };
    case 'unreviewed':
      return { ja: '証跡は提出済みだが未確認', en: 'evidence was submitted but not yet reviewed' };
  }
}

function joined(reason: Localized, addition: Localized): Localized {
  return { ja: `${reason.ja}。${addition.ja}`, en: `${reason.en}; ${addition.en}` };
}
