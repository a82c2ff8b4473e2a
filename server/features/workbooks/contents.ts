import { sha256 } from '../../adapters/keys.ts';
import { type Content, contentKey, nothing } from '../../domain/workbook/content.ts';
import type { AnswerRow } from '../answers/answers.store.ts';

/** What of a stored answer travels in a workbook; revision 0 for a question nobody answered. */
export function contentOf(row: AnswerRow | undefined): Content & { revision: number } {
  if (!row) return { ...nothing, revision: 0 };
  const { value, naReason, comment, plan, conditional, revision } = row;
  return { value, naReason, comment, plan, conditional, revision };
}

/** Digest of a content key, short enough for a cell. */
export function fingerprintOf(key: string): string {
  return sha256(key).slice(0, 24);
}

export function fingerprintOfRow(row: AnswerRow | undefined): string {
  return fingerprintOf(contentKey(contentOf(row)));
}
