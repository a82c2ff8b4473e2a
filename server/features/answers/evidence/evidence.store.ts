import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../../../db/client.ts';
import { evidenceFiles } from '../../../../db/schema/index.ts';
import type { EvidenceFile } from '../answers.store.ts';

export async function insertEvidence(db: Transaction, file: EvidenceFile): Promise<void> {
  await db.insert(evidenceFiles).values(file);
}

/** Number and bytes of the files not removed, and the bytes of all that were ever attached: removed ones stay on the disk. */
export type EvidenceTotals = { files: number; bytes: number; bytesEver: number };

export async function evidenceTotals(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<EvidenceTotals> {
  const { size, removedAt } = evidenceFiles;
  const [row] = await db
    .select({
      files: sql<number>`(count(*) filter (where ${removedAt} is null))::integer`,
      bytes: sql<number>`coalesce(sum(${size}) filter (where ${removedAt} is null), 0)::double precision`,
      bytesEver: sql<number>`coalesce(sum(${size}), 0)::double precision`,
    })
    .from(evidenceFiles)
    .where(and(eq(evidenceFiles.organisationId, organisationId), eq(evidenceFiles.assessmentId, assessmentId)));
  return row ?? { files: 0, bytes: 0, bytesEver: 0 };
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
