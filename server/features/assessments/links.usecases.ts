import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../db/client.ts';
import { sha256 } from '../../adapters/keys.ts';
import { conflict, invalid } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import {
  type Assessment,
  bumpPages,
  lockAssessment,
  moveAssessment,
  requireAllowed,
} from './assessment-state.usecases.ts';
import { type ContactInput, contactProblems, tidyContact } from './assessments.input.ts';
import { changeAssessment } from './assessments.store.ts';
import { closeReplacedLinks } from './close-links.ts';
import { writeTo } from './correspondence.usecases.ts';
import { addLink, findActiveLink, revokeLinks } from './links.store.ts';

/** Makes the vendor's way in and resolves to its address. The token follows from the id and a key, so only its hash is kept. */
export async function issueLink(services: Services, db: Transaction, assessment: Assessment): Promise<string> {
  const id = randomUUID();
  await addLink(db, {
    organisationId: assessment.organisationId,
    id,
    assessmentId: assessment.id,
    name: assessment.contactName,
    email: assessment.contactEmail,
    locale: assessment.contactLocale,
    tokenHash: sha256(services.keys.linkToken(id)),
    createdAt: services.clock.now(),
  });
  return linkAddress(services, id);
}

/** The token stands in the fragment, which browsers send to no server (security.md §1.4). */
export function linkAddress({ config, keys }: Services, linkId: string): string {
  return `${config.publicUrl}/v#${keys.linkToken(linkId)}`;
}

/** The address of the link in force; AppError 409 `no_link` when it has been revoked. */
export async function activeLinkAddress(services: Services, db: Transaction, assessment: Assessment): Promise<string> {
  const link = await findActiveLink(db, assessment.organisationId, assessment.id);
  if (link) return linkAddress(services, link.id);
  throw conflict('no_link', {
    ja: '有効な回答用リンクがありません。「回答担当者を変更する」から新しいリンクを発行してください。',
    en: 'There is no answer link in force. Issue a new one with “Change the contact”.',
  });
}

/** For handing the link over by other means than mail. Every look is recorded. */
export async function showLink(services: Services, principal: MemberPrincipal, id: string): Promise<string> {
  return inAssessment(services, principal, id, 'links.view', async (db, assessment) => {
    const address = await activeLinkAddress(services, db, assessment);
    await record(services, db, principal, assessment, 'link.shown');
    return address;
  });
}

/** Closes every link for good, colleagues' included, without ending the assessment: for example when it went to the wrong person. */
export async function revokeLink(services: Services, principal: MemberPrincipal, id: string): Promise<void> {
  await inAssessment(services, principal, id, 'links.edit', async (db, assessment) => {
    const revoked = await revokeLinks(db, assessment.organisationId, id, services.clock.now());
    if (revoked === 0) return;
    await record(services, db, principal, assessment, 'link.revoked');
    await writeTo(services, db, principal, assessment, 'link-closed', { link: '' });
  });
}

/**
 * Another contact, or the same one again: a new link is mailed, the old one and its sessions end, and whoever had it is told.
 * Colleagues keep theirs where the new contact might have invited them.
 */
export async function changeContact(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  input: ContactInput,
): Promise<void> {
  const { contactName, contactEmail, contactLocale } = tidyContact(input);
  const contact = { contactName, contactEmail, contactLocale };
  const problems = contactProblems(contact);
  if (problems.length > 0)
    throw invalid({ ja: '回答担当者の入力内容を直してください。', en: 'Correct the contact.' }, problems);
  await inAssessment(services, principal, id, 'links.edit', async (db, before) => {
    // Asking somebody else is asking again.
    const by = { actor: actorOf(principal), at: services.clock.now() };
    const open = before.state === 'declined' ? await moveAssessment(db, before, 'resume', by) : before;
    const assessment = { ...open, ...contact };
    const replaced = await closeReplacedLinks(db, assessment, services.clock.now());
    await changeAssessment(db, before, contact);
    await bumpPages(db, before.organisationId, id);
    const link = await issueLink(services, db, assessment);
    const stays = contactEmail.toLowerCase() === before.contactEmail.toLowerCase();
    await writeTo(services, db, principal, assessment, stays ? 'link-replaced' : 'invitation', { link });
    if (replaced && !stays) await writeTo(services, db, principal, before, 'link-closed', { link: '' });
    await record(services, db, principal, assessment, 'contact.changed', `${contactName} <${contactEmail}>`);
  });
}

async function inAssessment<T>(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  action: 'links.view' | 'links.edit',
  work: (db: Transaction, assessment: Assessment) => Promise<T>,
): Promise<T> {
  return services.database.inOrganisation(principal.organisationId, async (db) => {
    const assessment = await lockAssessment(db, principal.organisationId, id);
    requireAllowed(action, assessment, services.clock.now());
    return work(db, assessment);
  });
}

function record(
  services: Services,
  db: Transaction,
  principal: MemberPrincipal,
  { organisationId, id }: Assessment,
  action: 'link.shown' | 'link.revoked' | 'contact.changed',
  subject = '',
): Promise<void> {
  const at = services.clock.now();
  return recordEvent(db, { organisationId, assessmentId: id, at, actor: actorOf(principal), action, subject });
}
