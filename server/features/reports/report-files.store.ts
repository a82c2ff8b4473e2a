import { and, desc, eq, ne } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { reportFiles } from '../../../db/schema/index.ts';

export type ReportFileRow = typeof reportFiles.$inferSelect;
export type Edition = Pick<ReportFileRow, 'organisationId' | 'reportId' | 'locale'>;
export type Printed = { sha256: string; size: number; storageKey: string; renderedAt: Date };

/** Japanese first. */
export function listFiles(db: Transaction, organisationId: string, reportId: string): Promise<ReportFileRow[]> {
  return db
    .select()
    .from(reportFiles)
    .where(and(eq(reportFiles.organisationId, organisationId), eq(reportFiles.reportId, reportId)))
    .orderBy(desc(reportFiles.locale));
}

/** False when the edition is there already: whoever printed it first has won. */
export async function markReady(db: Transaction, edition: Edition, printed: Printed): Promise<boolean> {
  const changed = await db
    .update(reportFiles)
    .set({ ...printed, state: 'ready', failure: null })
    .where(and(isEdition(edition), ne(reportFiles.state, 'ready')))
    .returning({ locale: reportFiles.locale });
  return changed.length > 0;
}

/** False unless the edition was in the state `from`. */
export async function markFailed(
  db: Transaction,
  edition: Edition,
  from: 'queued' | 'ready',
  failure: string,
): Promise<boolean> {
  const changed = await db
    .update(reportFiles)
    .set({ state: 'failed', failure: failure.slice(0, 500) })
    .where(and(isEdition(edition), eq(reportFiles.state, from)))
    .returning({ locale: reportFiles.locale });
  return changed.length > 0;
}

/** Puts the failed editions back to waiting and names them, once even when asked twice at the same time. */
export async function requeueFailed(
  db: Transaction,
  organisationId: string,
  reportId: string,
): Promise<ReportFileRow['locale'][]> {
  const changed = await db
    .update(reportFiles)
    .set({ state: 'queued', failure: null })
    .where(
      and(
        eq(reportFiles.organisationId, organisationId),
        eq(reportFiles.reportId, reportId),
        eq(reportFiles.state, 'failed'),
      ),
    )
    .returning({ locale: reportFiles.locale });
  return changed.map(({ locale }) => locale);
}

function isEdition({ organisationId, reportId, locale }: Edition) {
  return and(
    eq(reportFiles.organisationId, organisationId),
    eq(reportFiles.reportId, reportId),
    eq(reportFiles.locale, locale),
  );
}
