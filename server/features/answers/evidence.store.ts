import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { evidenceFiles } from '../../../db/schema/index.ts';
import type { EvidenceFile } from './answers.store.ts';

export async function insertEvidence(db: Transaction, file: EvidenceFile): Promise<void> {
  await db.insert(evidenceFiles).values(file);
}

/** Number and bytes of the files not removed. */
export async function evidenceTotals(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<{ files: number; bytes: number }> {
  const [row] = await db
    .select({
      files: sql<number>`count(*)::integer`,
      bytes: sql<number>`coalesce(sum(${evidenceFiles.size}), 0)::double precision`,
    })
    .from(evidenceFiles)
    .where(
      and(
        eq(evidenceFiles.organisationId, organisationId),
        eq(evidenceFiles.assessmentId, assessmentId),
        isNull(evidenceFiles.removedAt),
      ),
    );
  return row ?? { files: 0, bytes: 0 };
}

/** A file that has not been removed. */
export async function findEvidence(
  db: Transaction,
  organisationId: string,
  id: string,
): Promise<EvidenceFile | undefined> {
  const [row] = await db
    .select()
    .from(evidenceFiles)
    .where(
      and(eq(evidenceFiles.organisationId, organisationId), eq(evidenceFiles.id, id), isNull(evidenceFiles.removedAt)),
    );
  return row;
}
