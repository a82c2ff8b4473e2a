import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { mails, reminders } from '../../../db/schema/index.ts';
import type { LetterKind } from './letters.ts';

/**
 * What the customer wrote; codes and receipts are the vendor's own business. The mail to a contact whose link is closed may
 * well fail, and says nothing about whether the request has arrived.
 */
const letterKinds: readonly (LetterKind | 'message')[] = [
  'invitation',
  'reminder',
  'overdue',
  'due-date-changed',
  'returned',
  'return-withdrawn',
  'resumed',
  'link-replaced',
  'revoked',
  'message',
];

export type LetterRow = {
  id: string;
  assessmentId: string | null;
  kind: string;
  recipient: string;
  state: 'queued' | 'sent' | 'failed';
  tries: number;
  failure: string | null;
  createdAt: Date;
  sentAt: Date | null;
  /** A reminder that nobody asked for. */
  byItself: boolean;
};

// A condition of its own: columns written straight into a selected expression lose their table, and would be compared with themselves.
const ofThisMail = and(
  eq(reminders.organisationId, mails.organisationId),
  eq(reminders.assessmentId, mails.assessmentId),
  eq(reminders.mailId, mails.id),
);
const columns = {
  id: mails.id,
  assessmentId: mails.assessmentId,
  kind: mails.kind,
  recipient: mails.recipient,
  state: mails.state,
  tries: mails.tries,
  failure: mails.failure,
  createdAt: mails.createdAt,
  sentAt: mails.sentAt,
  byItself: sql<boolean>`exists (select from ${reminders} where ${ofThisMail})`,
};

/** The letters of one assessment, newest first. Never the sealed text. */
export function listLetters(db: Transaction, organisationId: string, assessmentId: string): Promise<LetterRow[]> {
  return db
    .select(columns)
    .from(mails)
    .where(
      and(
        eq(mails.organisationId, organisationId),
        eq(mails.assessmentId, assessmentId),
        inArray(mails.kind, [...letterKinds]),
      ),
    )
    .orderBy(desc(mails.createdAt), desc(mails.id));
}

/** The newest letter of each assessment. */
export function listLatestLetters(
  db: Transaction,
  organisationId: string,
  assessmentIds: readonly string[],
): Promise<LetterRow[]> {
  return db
    .selectDistinctOn([mails.assessmentId], columns)
    .from(mails)
    .where(
      and(
        eq(mails.organisationId, organisationId),
        inArray(mails.assessmentId, [...assessmentIds]),
        inArray(mails.kind, [...letterKinds]),
      ),
    )
    .orderBy(mails.assessmentId, desc(mails.createdAt), desc(mails.id));
}

/**
 * Whether a mail of that kind has gone out, or is about to, since then: the second press of a button finds the first one's letter.
 * One that failed told nobody, so it stops none.
 */
export async function hasMailSince(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
  kind: LetterKind | 'vendor-message',
  since: Date,
): Promise<boolean> {
  const found = await db
    .select({ one: sql`1` })
    .from(mails)
    .where(
      and(
        eq(mails.organisationId, organisationId),
        eq(mails.assessmentId, assessmentId),
        eq(mails.kind, kind),
        sql`${mails.createdAt} > ${since.toISOString()}::timestamptz`,
        sql`${mails.state} <> 'failed'`,
      ),
    )
    .limit(1);
  return found.length > 0;
}
