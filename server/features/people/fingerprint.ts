import { createHash } from 'node:crypto';

/** What decides: which revision each answer has, and which files stand for what. */
export type Fingerprinted = {
  rows: readonly { questionId: string; revision: number }[];
  files: readonly { id: string; subject: string; effectiveOn: string | null; expiresOn: string | null }[];
};

/** Changes whenever an answer or a file does: what is attested to, or approved, is what was on the screen. */
export function fingerprint({ rows, files }: Fingerprinted): string {
  const answers = rows.map(({ questionId, revision }) => `${questionId}=${revision}`);
  const evidence = files.map(({ id, subject, effectiveOn, expiresOn }) =>
    [id, subject, effectiveOn ?? '', expiresOn ?? ''].join('/'),
  );
  return createHash('sha256')
    .update([...answers, ...evidence].sort().join('\n'))
    .digest('hex');
}
