/** What a workbook would change, seen against the answers as they are now. */
import { type Content, contentKey } from './content.ts';
import type { Exported } from './meta.ts';

/** `conflict`: changed in the workbook and on the web since the workbook was made. `cleared`: emptied in the workbook. */
export type Difference = 'unchanged' | 'added' | 'changed' | 'cleared' | 'conflict';

type Sides = {
  /** The answer when the workbook was made; absent when the workbook does not tell. */
  readonly base: Exported | undefined;
  readonly now: Content & { readonly revision: number };
  readonly file: Content;
};

/** `fingerprintOf` is the digest of a content key that `base` was made with. */
export function differenceOf({ base, now, file }: Sides, fingerprintOf: (key: string) => string): Difference {
  const key = contentKey(file);
  if (key === contentKey(now)) return 'unchanged';
  // Nobody touched it in the workbook: what was said on the web since then stays.
  if (base !== undefined && base.fingerprint === fingerprintOf(key)) return 'unchanged';
  if ((base?.revision ?? 0) !== now.revision) return 'conflict';
  if (isUnsaid(file)) return 'cleared';
  return isUnsaid(now) ? 'added' : 'changed';
}

function isUnsaid({ value }: Content): boolean {
  return value === null || value === '';
}
