import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../adapters/keys.ts';
import { nfkc } from '../../domain/assessment/normal-form.ts';
import { createSession } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { lockAssessment } from '../assessments/assessment-state.usecases.ts';
import { type Actor, recordEvent } from '../audit/audit.store.ts';
import { offerPrevious } from '../prefills/offer-previous.usecases.ts';
import { CODE_DIGITS, findLink, type Link, MAX_TRIES, markFirstOpened, spendTry, useCode } from './entry.store.ts';
import type { EntryTicket } from './entry-ticket.ts';
import { withdrawn } from './withdrawn.ts';

/**
 * Opens a session for who holds both the link and the mailed code; resolves to its id, or to null for every reason why not.
 * Throws AppError 410 when code and link are right but the request was withdrawn.
 */
export async function enter(services: Services, ticket: EntryTicket, typed: string): Promise<string | null> {
  const digits = nfkc(typed).replace(/\D/g, '');
  // What cannot be a code costs no try, or a mail scanner pressing the button of an empty form would use up the person's.
  if (digits.length !== CODE_DIGITS) return null;
  const link = await services.database.byCredential(ticket.tokenHash, (db) => findLink(db, ticket.tokenHash));
  if (!link) return null;
  const browserHash = sha256(ticket.browser);
  return (await matches(services, link, browserHash, digits)) ? openSession(services, link, browserHash) : null;
}

/** The try is spent, and committed, before the code is looked at: a crash in between never gives a try back. */
async function matches(services: Services, link: Link, browserHash: string, digits: string): Promise<boolean> {
  const now = services.clock.now();
  const spent = await services.database.inOrganisation(link.organisationId, (db) =>
    spendTry(db, link, browserHash, now),
  );
  if (spent.some(({ id, codeHash }) => sameDigest(services.keys.codeHash(digits, id), codeHash))) return true;
  if (spent.some(({ tries }) => tries === MAX_TRIES)) await recordDeadCode(services, link, now);
  return false;
}

async function openSession(services: Services, link: Link, browserHash: string): Promise<string | null> {
  const { organisationId, assessmentId } = link;
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    if (!(await useCode(db, link, browserHash, now))) return null;
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    if (link.revokedAt || assessment.state === 'revoked') throw withdrawn();
    await markFirstOpened(db, organisationId, assessmentId, now);
    await offerPrevious(db, assessment, now);
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
