import { AppError, conflict } from '../../errors.ts';

export function changedMeanwhile(): AppError {
  return conflict('answers_changed', {
    ja: 'この画面を開いた後に、回答または証跡が変更されました。最新の内容を表示しましたので、もう一度確かめてください。',
    en: 'An answer or a file was changed after you opened this page. It now shows the latest; please look again.',
  });
}

export function nothingToDecide(): AppError {
  return conflict('not_waiting', {
    ja: 'いま、この方の確認・承認を待っている回答はありません。取りまとめ担当の方から依頼のメールが届いてから、もう一度お開きください。',
    en: 'Nothing waits for your decision at present. Open this page again when the coordinator’s request has arrived by mail.',
  });
}

export function nobodyThere(step: number): AppError {
  return conflict('nobody_to_approve', {
    ja: `${step === 1 ? '確認者' : '承認者'}がまだいません。「社内の分担」から招待してから、もう一度依頼してください。`,
    en: `There is no ${step === 1 ? 'checker' : 'approver'} yet. Invite one under “Colleagues”, then ask again.`,
  });
}

export function alreadyAsked(): AppError {
  return conflict('already_asked', {
    ja: '確認・承認は依頼済みか、設定されていません。画面を読み込み直してください。',
    en: 'Approval has already been asked for, or is not wanted. Reload the page.',
  });
}

export function approvalNeeded(): AppError {
  return conflict('approval_needed', {
    ja: 'いまの回答に対する社内の確認・承認が済んでいないため、提出できません。確認画面から確認を依頼し、承認が済んでから提出してください。',
    en: 'The answers as they are now have not been approved in your company, so they cannot be submitted. Ask for approval on the check page first.',
  });
}

export function notLastApprover(): AppError {
  return new AppError(403, 'not_your_part', {
    ja: '提出は、取りまとめ担当の方か、最後に承認した方が行います。',
    en: 'The answers are submitted by the coordinator, or by the person who gave the last approval.',
  });
}
