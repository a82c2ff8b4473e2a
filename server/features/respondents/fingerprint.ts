import { createHash } from 'node:crypto';
import type { CollectedAnswers } from '../answers/answers.usecases.ts';

/** Changes whenever an answer or a file does: what is attested to is what was on the screen. */
export function fingerprint({ rows, files }: Pick<CollectedAnswers, 'rows' | 'files'>): string {
  const answers = rows.map(({ questionId, revision }) => `${questionId}=${revision}`);
  const evidence = files.map(({ id }) => id);
  return createHash('sha256')
    .update([...answers, ...evidence].sort().join('\n'))
    .digest('hex');
}
