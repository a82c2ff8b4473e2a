import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../../db/client.ts';
import { auditEvents, mails } from '../../../../db/schema/index.ts';

type Request = { organisationId: string; id: string };

/** Whether somebody was told that the scanner is away, and no file of the request has had a verdict since. */
export async function wasToldOfOutage(db: Transaction, { organisationId, id }: Request): Promise<boolean> {
  const { rows } = await db.execute<{ told: boolean }>(sql`
    select exists (
      select from ${mails}
      where ${mails.organisationId} = ${organisationId} and ${mails.assessmentId} = ${id}
        and ${mails.kind} in ('scan-failed', 'scan-failed-notice')
        and ${mails.createdAt} >= coalesce((
          select max(${auditEvents.at}) from ${auditEvents}
          where ${auditEvents.organisationId} = ${organisationId} and ${auditEvents.assessmentId} = ${id}
            and ${auditEvents.action} in ('evidence.scanned', 'evidence.infected')
        ), '-infinity')
    ) as told`);
  return rows[0]?.told === true;
}
