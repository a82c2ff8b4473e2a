import { and, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/client.ts';
import { mails } from '../../../db/schema/index.ts';
import type { Clock, Enclose, Job } from '../../services.ts';
import type { Keys } from '../keys.ts';
import type { JobHandler } from '../queue.ts';
import { type Carrier, isRefusal } from './carrier.ts';
import { enclosed } from './enclosure.ts';
import { openLetter } from './outbox.ts';

type Parts = { database: Database; keys: Keys; carrier: Carrier; clock: Clock; enclose?: Enclose };

/** Handler of `send-mail`. The row says what became of the mail; its sealed text is emptied once nobody needs it. */
export function createMailDelivery({ database, keys, carrier, clock, enclose }: Parts): JobHandler {
  return { run: deliver, giveUp };

  async function deliver(job: Job): Promise<void> {
    const mail = await database.inOrganisation(job.organisationId, (db) => startTry(db, job));
    if (!mail) return;
    const sealed = openLetter(keys, mail.sealed, job.organisationId, job.id);
    const letter = await enclosed(sealed, job.organisationId, enclose);
    const sentAt = clock.now();
    try {
      await carrier.deliver(job.id, mail.kind, letter, sentAt);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return giveUp(job, error instanceof Error ? error.message : String(error));
    }
    await settle(job, { state: 'sent', sentAt, sealed: '', failure: null });
  }

  async function giveUp(job: Job, reason: string): Promise<void> {
    await settle(job, { state: 'failed', failure: reason.slice(0, 500), sealed: '' });
  }

  async function settle(job: Job, values: Partial<typeof mails.$inferInsert>): Promise<void> {
    await database.inOrganisation(job.organisationId, (db) =>
      db
        .update(mails)
        .set(values)
        .where(and(eq(mails.organisationId, job.organisationId), eq(mails.id, job.id), eq(mails.state, 'queued'))),
    );
  }
}

async function startTry(db: Transaction, { organisationId, id }: Job) {
  const [mail] = await db
    .update(mails)
    .set({ tries: sql`${mails.tries} + 1` })
    .where(and(eq(mails.organisationId, organisationId), eq(mails.id, id), eq(mails.state, 'queued')))
    .returning({ kind: mails.kind, sealed: mails.sealed });
  return mail;
}
