import type { AssessmentState } from '../../domain/assessment/states.ts';
import { type AppError, conflict, type Message } from '../../errors.ts';

/** AppError 409 `wrong_state`: says what state the assessment is in and what can be done instead, to a vendor or to staff. */
export function wrongState(state: AssessmentState, toVendor: boolean): AppError {
  return conflict('wrong_state', (toVendor ? vendorMessages : staffMessages)[state], { state });
}

const staffMessages: Record<AssessmentState, Message> = {
  draft: {
    ja: 'この評価依頼はまだ下書きです。先に送付してください。',
    en: 'This assessment is still a draft. Send it first.',
  },
  sent: {
    ja: 'この評価依頼は送付済みで、回答を待っています。提出されてから操作するか、期限・宛先の変更または取消しを選んでください。',
    en: 'This assessment has been sent and awaits answers. Wait for the submission, or change the due date or contact, or revoke it.',
  },
  inProgress: {
    ja: 'この評価依頼は委託先が回答中です。提出されてから操作するか、期限・宛先の変更または取消しを選んでください。',
    en: 'The vendor is answering this assessment. Wait for the submission, or change the due date or contact, or revoke it.',
  },
  submitted: {
    ja: 'この評価依頼は回答が提出済みのため、この操作はできません。回答の確認に進んでください。',
    en: 'The answers have been submitted, so this can no longer be done. Go on to review the answers.',
  },
  returned: {
    ja: 'この評価依頼は委託先に差し戻し中です。再提出を待つか、差戻しを取り下げてから操作してください。',
    en: 'The answers have been returned to the vendor. Wait for them to be submitted again, or withdraw the return first.',
  },
  declined: {
    ja: '委託先がこの依頼を辞退しています。回答の再開を依頼するか、宛先の変更または取消しを選んでください。',
    en: 'The vendor has declined this request. Ask the vendor to resume, or change the contact, or revoke it.',
  },
  finalised: {
    ja: 'この評価は確定済みのため、変更できません。再評価が必要なときは、新しい評価依頼を作成してください。',
    en: 'This assessment has been finalised and cannot be changed. To assess again, create a new one.',
  },
  revoked: {
    ja: 'この評価依頼は取り消されています。続けるには、新しい評価依頼を作成してください。',
    en: 'This assessment has been revoked. To go on, create a new one.',
  },
  expired: {
    ja: '回答の受付期間を過ぎています。先に提出期限を延長してください。',
    en: 'The time for answering has passed. Extend the due date first.',
  },
};

const vendorMessages: Record<AssessmentState, Message> = {
  draft: {
    ja: 'この依頼はまだ送付されていません。依頼元からの案内をお待ちください。',
    en: 'This request has not been sent yet. Please wait for the requester to send it.',
  },
  sent: {
    ja: 'まだ回答が始まっていません。開始ページから回答を始めてください。',
    en: 'Answering has not begun yet. Begin from the start page.',
  },
  inProgress: {
    ja: '回答はまだ提出されていません。回答を確認して提出してください。',
    en: 'The answers have not been submitted yet. Check them and submit.',
  },
  submitted: {
    ja: '回答は提出済みのため、変更できません。訂正が必要なときは、依頼元にご連絡ください。',
    en: 'The answers have been submitted and can no longer be changed. Contact the requester to correct them.',
  },
  returned: {
    ja: '差戻しを受けた設問だけを変更できます。該当の設問を確かめてください。',
    en: 'Only the questions returned to you can be changed. Please look at those.',
  },
  declined: {
    ja: 'この依頼は辞退済みです。回答を続けるときは、依頼元にご連絡ください。',
    en: 'This request has been declined. To go on answering, contact the requester.',
  },
  finalised: {
    ja: '評価は確定済みのため、回答を変更できません。訂正が必要なときは、依頼元にご連絡ください。',
    en: 'The assessment has been finalised, so answers can no longer be changed. Contact the requester to correct them.',
  },
  revoked: {
    ja: 'この依頼は取り消されました。ご不明な点は依頼元にご連絡ください。',
    en: 'This request has been withdrawn. Contact the requester if you have questions.',
  },
  expired: {
    ja: '提出期限を過ぎたため、変更できません。期限の延長を依頼元にご相談ください。',
    en: 'The due date has passed, so nothing can be changed. Ask the requester for an extension.',
  },
};
