import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../../../db/client.ts';
import { evidenceFiles } from '../../../../db/schema/index.ts';
import { type EvidenceFile, listEvidence } from '../answers.store.ts';

export async function insertEvidence(db: Transaction, file: EvidenceFile): Promise<void> {
  await db.insert(evidenceFiles).values(file);
}

/** Number and bytes of the files not removed, and the bytes of all that were ever attached: removed ones stay on the disk. */
export type EvidenceTotals = { files: number; bytes: number; bytesEver: number };

/** Bytes that several files share count once. */
export async function evidenceTotals(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
): Promise<EvidenceTotals> {
  const { rows } = await db.execute<EvidenceTotals>(sql`
    select coalesce(sum(uses), 0)::integer as files,
           coalesce(sum(size) filter (where uses > 0), 0)::double precision as bytes,
           coalesce(sum(size), 0)::double precision as "bytesEver"
      from (select max(size) as size, count(*) filter (where removed_at is null) as uses from evidence_files
             where organisation_id = ${organisationId} and assessment_id = ${assessmentId} group by storage_key) as stored`);
  return rows[0] ?? { files: 0, bytes: 0, bytesEver: 0 };
}

/** A file that has not been removed. */
export async function findEvidence(
  db: Transaction,
  organisationId: string,
  id: string,
): Promise<EvidenceFile | undefined> {
  const file = await findStored(db, organisationId, id);
  return file?.removedAt === null ? file : undefined;
}

/** A file, removed or not. */
export async function findStored(
  db: Transaction,
  organisationId: string,
  id: string,
): Promise<EvidenceFile | undefined> {
  const [row] = await db
    .select()
    .from(evidenceFiles)
    .where(and(eq(evidenceFiles.organisationId, organisationId), eq(evidenceFiles.id, id)));
  return row;
}

export type ScanResult = Pick<EvidenceFile, 'scanState' | 'scanDetail' | 'scannedAt'> & {
  scanState: 'clean' | 'infected' | 'quarantined';
};

/** For every file in quarantine with the same bytes, removed ones too. Resolves to those that changed. */
export function markScan(db: Transaction, file: EvidenceFile, result: ScanResult): Promise<EvidenceFile[]> {
  return db
    .update(evidenceFiles)
    .set(result)
    .where(
      and(
        eq(evidenceFiles.organisationId, file.organisationId),
        eq(evidenceFiles.storageKey, file.storageKey),
        eq(evidenceFiles.scanState, 'quarantined'),
      ),
    )
    .returning();
}

/** A date belongs to the document: every place of the assessment where it is used, and which is `open`, gets it. */
export async function markDates(
  db: Transaction,
  { organisationId, assessmentId, storageKey }: EvidenceFile,
  dates: Pick<EvidenceFile, 'effectiveOn' | 'expiresOn'>,
  open: (subject: string) => boolean,
): Promise<void> {
  const places = (await listEvidence(db, organisationId, assessmentId)).filter(
    (file) => file.storageKey === storageKey && open(file.subject),
  );
  const ids = places.map(({ id }) => id);
  await db
    .update(evidenceFiles)
    .set(dates)
    .where(and(eq(evidenceFiles.organisationId, organisationId), inArray(evidenceFiles.id, ids)));
}
