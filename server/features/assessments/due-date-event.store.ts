import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { auditEvents } from '../../../db/schema/index.ts';

/** Whatever may move the due date or somebody's own one, or take it back; a reminder after it tells of the last day instead. */
const changes = [
  'dueDate.changed',
  'assessment.returned',
  'assessment.returnWithdrawn',
  'assessment.resumed',
  'assessment.revoked',
  'assessment.reminded',
  'assessment.autoReminded',
  'people.partChanged',
];

/** How often the due date was changed: the SEQUENCE of its calendar entry (RFC 5545 §3.8.7.4). The trail never shrinks. */
export async function readSequence(db: Transaction, organisationId: string, assessmentId: string): Promise<number> {
  const [row] = await db
    .select({ total: sql<number>`count(*)::int` })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.organisationId, organisationId),
        eq(auditEvents.assessmentId, assessmentId),
        inArray(auditEvents.action, changes),
      ),
    );
  return row?.total ?? 0;
}
