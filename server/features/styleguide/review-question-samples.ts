import { scanCode } from '../../domain/assessment/evidence-file.ts';
import { changeSamples } from './round-samples.ts';
import { sampleFiles } from './sample-answers.ts';

const text = { ja: '管理者に多要素認証を求めていますか。', en: 'Do administrators sign in with several factors?' };
const answer = { ja: '一部の管理者に求めている', en: 'For some administrators' };
const reason = { ja: '選択肢の点数です。', en: 'The points of the option.' };
const problem = { ja: '理由を入力してください。', en: 'Give a reason.' };

/** Two questions under review: one with everything beside it, one that does not apply. */
export function reviewQuestionSamples() {
  return [
    {
      ...{ ...blank, id: 'SINGLE', lines: [answer], fails: true, toConfirm: true, comment: '運用担当を含みます。' },
      ...{ withheld: '構成図は来社時に閲覧いただけます。', evidenceHint: answer, advice: reason },
      plan: { by: '2027-03-31', late: true, dueOn: '2027-01-31', measure: '残る管理者にも求める。' },
      points: { before: 50, multiplier: 1, score: 50, weight: 2, overall: { of: '2.0', reached: '1.0' } },
      finding: { id: 'X1', href: '#findings', title: text, status: 'fail' },
      reused: { key: 'reviews.previousUsed', on: '2025-11-20', label: 'KA-2025-0007' },
      condition: condition('c-open', false),
      contradictions: [
        { message: reason, finding: text, questions: [{ id: 'REASON', href: '#q-REASON' }], remedy: reason },
      ],
      returned: { reason: '対象を具体的にご記入ください。', unchanged: true },
      change: changeSamples[0],
      subjects: [{ ...subject, id: 'SINGLE', anchor: 's-SINGLE', takesEvidence: true, files, unfolded: true }],
      flag: { ...flag, isFlagged: true, reason: '拠点を具体的にご記入ください。', problem },
    },
    {
      ...{
        ...blank,
        id: 'REASON',
        lines: [{ ja: '該当なし', en: 'Not applicable' }],
        naReason: 'シングルサインオンのみのため。',
      },
      condition: condition('c-settled', true),
      returned: { reason: '理由を具体的にご記入ください。', unchanged: false },
      subjects: [
        {
          ...subject,
          id: 'REASON',
          anchor: 's-REASON',
          isNa: true,
          naRejected: true,
          asksReason: true,
          problem,
          unfolded: true,
        },
      ],
    },
  ];
}

const flag = {
  mayFlag: true,
  isFlagged: false,
  unfolded: false,
  reason: '',
  problem: null,
  action: '#',
  removal: '#',
  seen: '',
};
const blank = {
  ...{ text, fails: false, toConfirm: false, naReason: '', plan: null, comment: '', withheld: '', evidenceHint: null },
  ...{ levelKey: 'reviews.level.required', points: null, noPointsKey: 'reviews.noPoints.fact', finding: null, reason },
  ...{
    advice: null,
    reused: null,
    condition: null,
    contradictions: [] as object[],
    change: null as object | null,
    flag,
  },
};
const subject = {
  ...{
    takesEvidence: false,
    isNa: false,
    state: 'attached',
    record: null,
    naRejected: false,
    notice: null,
    certificate: null,
  },
  ...{
    files: [] as object[],
    marked: { by: '山田 花子', at: '2026-11-20T05:02:00.000Z' },
    unfolded: false,
    action: '#',
  },
  ...{
    seen: '',
    round: 1,
    choices: { verified: false, rejected: false, open: true },
    asksReason: false,
    problem: null as object | null,
  },
  ...{ reason: '', remark: '' },
};
const files = sampleFiles.map((file) => {
  const scan = scanCode(file);
  return {
    ...{
      href: '#s-SINGLE',
      name: file.name,
      scan,
      size: file.size,
      uploadedAt: file.uploadedAt,
      found: file.scanDetail,
    },
    ...{
      effectiveOn: file.effectiveOn,
      expiresOn: file.expiresOn,
      expired: file.id === 'expired',
      shortHash: '9f86d081884c…',
    },
    scanHintKey: scan === 'clean' ? null : `evidence.reviewScanHint.${scan}`,
    scanAction: scan === 'failed' ? '#s-SINGLE' : null,
  };
});

function condition(anchor: string, isSettled: boolean) {
  const score = { percent: 50, points: '1.0' };
  return {
    ...{
      anchor,
      tone: isSettled ? 'good' : 'warning',
      condition: '共有アカウントを廃止したあと',
      value: answer,
      isSettled,
    },
    settledKey: isSettled ? 'conditions.settled.holds' : 'conditions.settled.unsettled',
    usedKey: isSettled ? 'conditions.used.holds' : 'conditions.used.unsettled',
    range: { without: score, under: { percent: 100, points: '2.0' }, overall: { under: '70.2', without: '61.5' } },
    ...{
      reason: isSettled ? '契約書で確認した。' : '',
      by: '山田 花子',
      mayReview: true,
      action: '#',
      seen: '',
      problem: null,
    },
  };
}
