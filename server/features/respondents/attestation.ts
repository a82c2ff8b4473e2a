import { conflict, type InvalidField, invalid } from '../../errors.ts';
import type { CollectedAnswers } from '../answers/answers.usecases.ts';
import { fingerprint } from '../people/fingerprint.ts';

/** What a person declares when handing in. `seen` is the fingerprint of the answers that were on the screen; '' when unknown. */
export type Attestation = {
  name: string;
  title: string;
  attested: boolean;
  acceptsMissing: boolean;
  /** Why returned questions are handed in again as they were. */
  remark: string;
  seen: string;
};

const MAX = 100;
const LONGEST_REMARK = 2_000;

/**
 * Throws AppError 400, naming everything at once, unless somebody with a name and a position declares the answers to be true, and
 * hands in the `unanswered` questions knowingly, and returned ones that are `unchanged` with a remark.
 */
export function requireAttested(
  { name, title, attested, acceptsMissing, remark }: Attestation,
  { unanswered, unchanged }: { unanswered: number; unchanged: number },
): void {
  const problems: InvalidField[] = [
    ...textProblems('name', name, '内容を確認した方の氏名', 'the name of the person who confirms'),
    ...textProblems('title', title, '内容を確認した方の役職・部署', 'the position of the person who confirms'),
  ];
  if (unanswered > 0 && !acceptsMissing) {
    problems.push({
      path: 'unanswered',
      message: {
        ja: `未回答の設問が${unanswered}問あります。回答するか、未回答のまま提出することを確認してチェックを入れてください。`,
        en: `${unanswered} questions are unanswered. Answer them, or tick that you submit without these answers.`,
      },
    });
  }
  if (unchanged > 0) problems.push(...remarkProblems(remark, unchanged));
  if (!attested) {
    problems.push({
      path: 'attested',
      message: {
        ja: '回答内容を確認し、「回答内容に相違ありません」にチェックを入れてください。',
        en: 'Check the answers, then tick that they are true.',
      },
    });
  }
  if (problems.length > 0) throw invalid(mend, problems);
}

/** Throws AppError 409 when a colleague changed an answer after this person looked. */
export function requireUnchanged({ seen }: Attestation, collected: CollectedAnswers): void {
  if (seen === '' || seen === fingerprint(collected)) return;
  throw conflict('answers_changed', {
    ja: 'この画面を開いた後に、回答または証跡が変更されました。最新の内容を表示しましたので、もう一度確認してから提出してください。',
    en: 'An answer or a file was changed after you opened this page. It now shows the latest; check it again, then submit.',
  });
}

function remarkProblems(remark: string, unchanged: number): InvalidField[] {
  const path = 'remark';
  const over = [...remark].length - LONGEST_REMARK;
  if (remark === '') {
    const ja = `差戻しを受けた設問のうち${unchanged}問が変更されていません。変更しない理由を入力するか、回答を直してください。`;
    const en = `${unchanged} returned questions are as they were. Say why, or change the answers.`;
    return [{ path, message: { ja, en } }];
  }
  if (over <= 0) return [];
  const ja = `変更しない理由は${LONGEST_REMARK}文字以内で入力してください（${over}文字超過しています）。`;
  return [{ path, message: { ja, en: `Use at most ${LONGEST_REMARK} characters (${over} too many).` } }];
}

function textProblems(path: string, text: string, ja: string, en: string): InvalidField[] {
  if (text === '') return [{ path, message: { ja: `${ja}を入力してください。`, en: `Enter ${en}.` } }];
  if ([...text].length <= MAX) return [];
  return [
    { path, message: { ja: `${ja}は${MAX}文字以内で入力してください。`, en: `Keep ${en} within ${MAX} characters.` } },
  ];
}

const mend = {
  ja: '提出できませんでした。示された項目を直して、もう一度提出してください。',
  en: 'The answers were not submitted. Correct what is named and submit again.',
};
