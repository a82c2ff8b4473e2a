import { conflict, invalidAt } from '../../errors.ts';
import { canBeRead, type Subject } from './subjects.ts';

export type ReviewInput = {
  evidence: 'verified' | 'rejected' | 'open';
  naRejected: boolean;
  /** Why rejected, or how verified without a file. */
  reason: string;
  remark: string;
  /** Moment of the mark that was on the page (ISO 8601, '' for none); absent: whatever is there is replaced. */
  seen?: string;
  /** Round whose answers were on the page; absent: the present one. */
  round?: number;
};

/**
 * Throws AppError 400 unless the mark makes sense. Rejecting needs a reason; so does verifying without a file (on site, by
 * screen sharing or orally: APPI General Guidelines 3-4-4 ※3 allows a reasonable substitute).
 */
export function requireSensible(input: ReviewInput, subject: Subject): void {
  if (input.evidence !== 'open' && !subject.takesEvidence) throw invalidAt('evidence', NOTHING_TO_JUDGE);
  if (input.naRejected && !subject.isNa) throw invalidAt('naRejected', NOT_NA);
  requireLength('reason', input.reason);
  requireLength('remark', input.remark);
  if (input.reason.trim() !== '') return;
  if (input.evidence === 'rejected' || input.naRejected) throw invalidAt('reason', WHY_REJECTED);
  if (input.evidence === 'verified' && !canBeRead(subject)) throw invalidAt('reason', HOW_VERIFIED);
}

/** Throws AppError 409 `review_changed` when the answers have been handed in again since the page was opened. */
export function requireSameRound({ round }: ReviewInput, present: number): void {
  if (round === undefined || round === present) return;
  throw conflict('review_changed', {
    ja: 'この画面を開いた後に、回答が再提出されました。現在の回答と証跡を確かめてから、もう一度保存してください。',
    en: 'The answers were submitted again after you opened this page. Look at the present answer and evidence, then save once more.',
  });
}

/** Throws AppError 409 `review_changed` when somebody else has marked the subject since the page was opened. */
export function requireUnchanged({ seen }: ReviewInput, { review }: Subject): void {
  if (seen === undefined || seen === markedAt(review)) return;
  throw conflict('review_changed', {
    ja: 'この画面を開いた後に、ほかの確認者が判定を変更しました。現在の判定を確かめ、よろしければもう一度保存してください。',
    en: 'Somebody else changed this mark after you opened the page. Look at the present mark; to replace it, save once more.',
  });
}

export function markedAt(review: { reviewedAt: Date } | undefined): string {
  return review?.reviewedAt.toISOString() ?? '';
}

/** Most characters of each text; the report prints them in a column. */
export const longest = { reason: 2_000, remark: 4_000 } as const;

/** Throws AppError 400 for a text that is too long. */
export function requireLength(path: keyof typeof longest, text: string): void {
  const over = [...text].length - longest[path];
  if (over <= 0) return;
  const limit = longest[path];
  throw invalidAt(path, {
    ja: `${limit}文字以内で入力してください（${over}文字超過しています）。`,
    en: `Use at most ${limit} characters (${over} too many).`,
  });
}

const WHY_REJECTED = {
  ja: '認めない理由を入力してください。報告書に記載されます。',
  en: 'Give the reason for the rejection. It is printed in the report.',
};
const HOW_VERIFIED = {
  ja: '開ける証跡ファイルがないため、確認した方法（実地、画面共有、口頭など）を入力してください。',
  en: 'There is no file to open, so say how you verified it (on site, shared screen, orally…).',
};
const NOTHING_TO_JUDGE = {
  ja: 'この設問には判定する証跡がありません。「まだ判定しない」のまま、コメントだけを保存してください。',
  en: 'There is no evidence to mark here. Leave it open and save the remark only.',
};
const NOT_NA = {
  ja: 'この設問の回答は「該当なし」ではありません。「認めない」の選択を外してください。',
  en: 'The answer is not “not applicable”, so there is nothing to refuse. Clear that choice.',
};
