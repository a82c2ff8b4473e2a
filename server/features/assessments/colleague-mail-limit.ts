import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { mails } from '../../../db/schema/index.ts';

const MAILS_A_DAY = 30;
const MAILS_A_PERSON = 5;
const DAY_MS = 24 * 60 * 60_000;

/** Mails to the vendor's colleagues, who are there because somebody invited them; all count against the same limit. */
const colleagueMails = [
  'contributor-invitation',
  'contributor-reminder',
  'handed-over',
  'approval-requested',
  'approval-sent-back',
  'approval-done',
  'part-returned',
  'part-return-withdrawn',
] as const;
export type ColleagueMail = (typeof colleagueMails)[number];

type Request = { organisationId: string; id: string };

/** 30 mails a day for a request, 5 for one address. */
export async function mayMailColleague(db: Transaction, request: Request, email: string, now: Date): Promise<boolean> {
  const sent = await colleagueMailsSince(db, request, new Date(now.getTime() - DAY_MS));
  const same = sent.filter(({ recipient }) => recipient.toLowerCase() === email.toLowerCase());
  return sent.length < MAILS_A_DAY && same.length < MAILS_A_PERSON;
}

/** Whether that colleague was sent a mail of that kind after `since`; one that failed told nobody. */
export async function wasMailed(
  db: Transaction,
  request: Request,
  { kind, email }: { kind: ColleagueMail; email: string },
  since: Date,
): Promise<boolean> {
  const sent = await colleagueMailsSince(db, request, since);
  return sent.some((mail) => mail.kind === kind && mail.recipient === email && mail.state !== 'failed');
}

function colleagueMailsSince(db: Transaction, { organisationId, id }: Request, since: Date) {
  return db
    .select({ kind: mails.kind, recipient: mails.recipient, state: mails.state })
    .from(mails)
    .where(
      and(
        eq(mails.organisationId, organisationId),
        eq(mails.assessmentId, id),
        inArray(mails.kind, [...colleagueMails]),
        gt(mails.createdAt, since),
      ),
    );
}
