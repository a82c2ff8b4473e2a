import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../adapters/keys.ts';
import { createSession } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { lockAssessment } from '../assessments/assessment-state.usecases.ts';
import { type Actor, recordEvent } from '../audit/audit.store.ts';
import { CODE_DIGITS, findLink, type Link, MAX_TRIES, markFirstOpened, spendTry, useCode } from './entry.store.ts';
import type { EntryTicket } from './entry-ticket.ts';
import { withdrawn } from './withdrawn.ts';

/**
 * Opens a session for who holds both the link and the mailed code; resolves to its id, or to null for every reason why not.
 * Throws AppError 410 when code and link are right but the request was withdrawn.
 */
export async function enter(services: Services, ticket: EntryTicket, typed: string): Promise<string | null> {
  const link = await services.database.byCredential(ticket.tokenHash, (db) => findLink(db, ticket.tokenHash));
  if (!link) return null;
  const codeId = await matchingCode(services, link, ticket, typed);
  return codeId ? openSession(services, link, codeId) : null;
}

/**
 * The try is spent, and committed, before the code is looked at: a crash in between never gives a try back. What cannot be a code
 * costs none, or a mail scanner that presses the button of an empty form would use up the tries of the person.
 */
async function matchingCode(
  services: Services,
  link: Link,
  ticket: EntryTicket,
  typed: string,
): Promise<string | null> {
  const digits = typed.normalize('NFKC').replace(/\D/g, '');
  if (digits.length !== CODE_DIGITS) return null;
  const now = services.clock.now();
  const spent = await services.database.inOrganisation(link.organisationId, (db) =>
    spendTry(db, link, sha256(ticket.browser), now),
  );
  if (!spent) return null;
  if (sameDigest(services.keys.codeHash(digits, spent.id), spent.codeHash)) return spent.id;
  if (spent.tries === MAX_TRIES) await recordDeadCode(services, link, now);
  return null;
}

async function openSession(services: Services, link: Link, codeId: string): Promise<string | null> {
  const { organisationId, assessmentId } = link;
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    if (!(await useCode(db, link, codeId, now))) return null;
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    if (link.revokedAt || assessment.state === 'revoked') throw withdrawn();
    await markFirstOpened(db, organisationId, assessmentId, now);
    await recordEvent(db, { organisationId, assessmentId, at: now, actor: actorFor(link), action: 'link.opened' });
    return createSession(db, now, { organisationId, kind: 'respondent', linkId: link.id, assessmentId });
  });
}

function recordDeadCode(services: Services, link: Link, now: Date): Promise<void> {
  const { organisationId, assessmentId } = link;
  return services.database.inOrganisation(organisationId, (db) =>
    recordEvent(db, { organisationId, assessmentId, at: now, actor: actorFor(link), action: 'link.codeExhausted' }),
  );
}

function actorFor({ id, name }: Link): Actor {
  return { kind: 'respondent', id, name };
}

function sameDigest(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}
