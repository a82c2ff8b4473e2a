import type { Transaction } from '../../../db/client.ts';
import { allowedDomains, isAllowedAddress } from './allowed-domains.ts';
import type { Assessment } from './assessment-state.usecases.ts';
import { listLinks, revokeLinks } from './links.store.ts';

/**
 * Closes what a change of contact closes: the former contact's link, and the links of colleagues whom the new contact could not
 * have invited, or who is the new contact. Other colleagues keep their links and their work. Tells whether the former contact
 * still had a link. `after`: the assessment with its new contact.
 */
export async function closeReplacedLinks(db: Transaction, after: Assessment, at: Date): Promise<boolean> {
  const links = (await listLinks(db, after.organisationId, after.id)).filter(({ revokedAt }) => revokedAt === null);
  const domains = allowedDomains(after);
  const isNewContact = (email: string) => email.toLowerCase() === after.contactEmail.toLowerCase();
  const stays = ({ role, email }: (typeof links)[number]) =>
    role !== 'respondent' && !isNewContact(email) && isAllowedAddress(email, domains);
  const ids = links.filter((link) => !stays(link)).map(({ id }) => id);
  if (ids.length > 0) await revokeLinks(db, after.organisationId, after.id, at, ids);
  return links.some(({ role }) => role === 'respondent');
}

/** Closes the links of everybody the respondent invited; the respondent's own link stays and tells that the request was withdrawn. */
export async function closeColleaguesLinks(
  db: Transaction,
  { organisationId, id }: Assessment,
  at: Date,
): Promise<void> {
  const colleagues = (await listLinks(db, organisationId, id)).filter(({ role }) => role !== 'respondent');
  await revokeLinks(
    db,
    organisationId,
    id,
    at,
    colleagues.map((link) => link.id),
  );
}
