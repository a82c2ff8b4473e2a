/** The words of the audit trail for what happens between colleagues at the vendor. */
import type { Localized } from '../questionnaire/questionnaire.ts';
import { remindedWords } from './reminder-words.ts';

type Details = Readonly<Record<string, unknown>>;

export const peopleEventWords: Readonly<Record<string, (details: Details) => Localized>> = {
  'people.invited': ({ role }) => {
    const { ja, en } = roleWords(role);
    return { ja: `${ja}を招待`, en: `${en} invited` };
  },
  'people.resent': () => ({ ja: '招待メールを再送', en: 'Invitation of a colleague sent again' }),
  'people.autoReminded': (details) =>
    remindedWords({ ja: '回答者に自動リマインドを送信', en: 'Contributor reminded automatically' }, details),
  'people.revoked': ({ role }) => {
    const { ja, en } = roleWords(role);
    return { ja: `${ja}の招待を取消し`, en: `Access of ${en.toLowerCase()} revoked` };
  },
  'people.partChanged': () => ({ ja: '回答者の担当範囲・期限を変更', en: 'Part or due date of a contributor changed' }),
  'people.handedOver': () => ({ ja: '回答の取りまとめを引継ぎ', en: 'Coordination of the answers handed over' }),
  'people.approvalStepsChanged': ({ from, to }) => ({
    ja: `提出前の確認・承認を変更（${stepWords(from).ja}から${stepWords(to).ja}）`,
    en: `Approval before submission changed (from ${stepWords(from).en} to ${stepWords(to).en})`,
  }),
  'approval.requested': () => ({ ja: '社内の確認・承認を依頼', en: 'Approval inside the company asked for' }),
  'approval.given': ({ step }) =>
    step === 2 ? { ja: '回答を承認', en: 'Answers approved' } : { ja: '回答を確認', en: 'Answers checked' },
  'approval.sentBack': ({ step }) =>
    step === 2
      ? { ja: '承認者が回答を社内で差戻し', en: 'Answers sent back by the approver' }
      : { ja: '確認者が回答を社内で差戻し', en: 'Answers sent back by the checker' },
};

function roleWords(role: unknown): Localized {
  if (role === 'checker') return { ja: '確認者', en: 'Checker' };
  if (role === 'approver') return { ja: '承認者', en: 'Approver' };
  return { ja: '回答者', en: 'Contributor' };
}

function stepWords(steps: unknown): Localized {
  if (steps === 1) return { ja: '確認のみ', en: 'check only' };
  if (steps === 2) return { ja: '確認と承認', en: 'check and approval' };
  return { ja: 'なし', en: 'none' };
}
