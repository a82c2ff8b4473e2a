import { and, eq, gt, ne, or, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { workbookImports } from '../../../db/schema/index.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { ReadImport } from './read-import.ts';

export type ImportRow = Omit<typeof workbookImports.$inferSelect, 'content'> & { content: ReadImport };

const HOURS_KEPT = 24;

/** Keeps what was read; earlier files of the same person, and whatever has expired, go. */
export async function keepImport(db: Transaction, row: ImportRow): Promise<void> {
  await db.insert(workbookImports).values(row);
  const superseded = and(eq(workbookImports.linkId, row.linkId), ne(workbookImports.id, row.id));
  const expired = sql`${workbookImports.createdAt} <= ${oldest(row.createdAt).toISOString()}`;
  await db
    .delete(workbookImports)
    .where(
      and(
        eq(workbookImports.organisationId, row.organisationId),
        eq(workbookImports.assessmentId, row.assessmentId),
        or(superseded, expired),
      ),
    );
}

/** What this person has had read within the last 24 hours. */
export async function findImport(
  db: Transaction,
  { organisationId, assessmentId, linkId }: RespondentPrincipal,
  id: string,
  now: Date,
): Promise<ImportRow | undefined> {
  const [row] = await db
    .select()
    .from(workbookImports)
    .where(
      and(
        eq(workbookImports.organisationId, organisationId),
        eq(workbookImports.assessmentId, assessmentId),
        eq(workbookImports.linkId, linkId),
        eq(workbookImports.id, id),
        gt(workbookImports.createdAt, oldest(now)),
      ),
    );
  return row && { ...row, content: row.content as ReadImport };
}

export async function markApplied(db: Transaction, { organisationId, id }: ImportRow, at: Date): Promise<void> {
  await db
    .update(workbookImports)
    .set({ appliedAt: at })
    .where(and(eq(workbookImports.organisationId, organisationId), eq(workbookImports.id, id)));
}

function oldest(now: Date): Date {
  return new Date(now.getTime() - HOURS_KEPT * 3_600_000);
}
