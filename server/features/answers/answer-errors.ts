import type { Problem } from '../../domain/questionnaire/problem.ts';
import { AppError, conflict } from '../../errors.ts';

/** 422: the answer does not fit the question; paths start at the answer. */
export function doesNotFit(fields: readonly Problem[]): AppError {
  const first = fields[0]?.message ?? { ja: '', en: '' };
  return new AppError(
    422,
    'answer_does_not_fit',
    { ja: `回答を保存できませんでした。${first.ja}`, en: `The answer was not saved. ${first.en}` },
    { fields },
  );
}

export function hiddenQuestion(): AppError {
  return new AppError(422, 'hidden_question', {
    ja: 'この設問は、これまでの回答では対象外のため保存できません。関連する設問の回答を確認し、画面を読み込み直してください。',
    en: 'With the answers given so far this question does not apply, so it cannot be saved. Check the answers it depends on and reload the page.',
  });
}

/** 409 with both texts; `current` is null when there is no answer yet although a revision was named. */
export function staleRevision(yours: object, current: object | null): AppError {
  return conflict(
    'stale_revision',
    {
      ja: 'この設問は、あなたが読み込んだ後に別の画面または別の担当者が更新しています。両方の内容を確かめ、どちらを残すか選んでください。',
      en: 'This answer was changed in another window or by a colleague after you loaded it. Compare both and choose which to keep.',
    },
    { yours, current },
  );
}

export function recordHasEvidence(): AppError {
  return conflict('record_has_evidence', {
    ja: '証跡を添付した認証の記録は、内容を空にして取り除くことはできません。「この認証を取り除く」を押してください。添付した証跡も取り除かれます。',
    en: 'A certificate record with evidence cannot be removed by emptying it. Use "Remove this record"; its files are removed with it.',
  });
}
