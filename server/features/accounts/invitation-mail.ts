import type { Transaction } from '../../../db/client.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { findOrganisation, type Member } from './members.store.ts';
import { addSignInLink, LINK_HOURS } from './sign-in-links.usecases.ts';

/** Queues the mail with the link at which the invited person chooses a password. */
export async function mailInvitation(
  services: Services,
  db: Transaction,
  principal: MemberPrincipal,
  member: Pick<Member, 'organisationId' | 'id' | 'email' | 'name' | 'locale'>,
): Promise<void> {
  const [organisation, link] = await Promise.all([
    findOrganisation(db, member.organisationId),
    addSignInLink(services, db, member, 'password'),
  ]);
  await services.mail.enqueue(db, member.organisationId, {
    kind: 'member-invitation',
    recipient: { email: member.email, name: member.name },
    locale: member.locale,
    model: {
      memberName: member.name,
      inviterName: principal.name,
      organisationName: member.locale === 'en' ? (organisation.nameEn ?? organisation.name) : organisation.name,
      link,
      hours: LINK_HOURS,
    },
  });
}
