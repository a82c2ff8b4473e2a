import type { Transaction } from '../../../../db/client.ts';
import type { RespondentPrincipal } from '../../../plugins/sessions.ts';
import { evidenceTotals } from './evidence.store.ts';
import { quotaReached, tooManyReplaced } from './evidence-errors.ts';

/**
 * Of one assessment, over all its questions: more than two files for every question that may ask for evidence. `bytesEver` counts
 * removed files too, or attaching and removing in turn would fill the disk. Bytes used for several questions count once.
 */
export const quota = { files: 200, bytes: 500 * 1024 ** 2, bytesEver: 2_000 * 1024 ** 2 };

/** Throws AppError 413 `evidence_quota` unless one more file with `size` new bytes fits. The caller holds the assessment's lock. */
export async function requireRoom(
  db: Transaction,
  { organisationId, assessmentId }: RespondentPrincipal,
  size: number,
): Promise<void> {
  const totals = await evidenceTotals(db, organisationId, assessmentId);
  if (totals.files + 1 > quota.files || totals.bytes + size > quota.bytes) throw quotaReached(quota.files, quota.bytes);
  if (totals.bytesEver + size > quota.bytesEver) throw tooManyReplaced(quota.bytesEver);
}
