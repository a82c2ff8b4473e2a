import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { findMember, findOrganisation, type Member, type Organisation, updateMember } from './members.store.ts';

export type Account = { member: Member; organisation: Organisation };

export async function readAccount(services: Services, principal: MemberPrincipal): Promise<Account> {
  const { organisationId, memberId } = principal;
  return services.database.inOrganisation(organisationId, async (db) => {
    const [member, organisation] = await Promise.all([
      findMember(db, organisationId, memberId),
      findOrganisation(db, organisationId),
    ]);
    if (!member) throw new Error('a session of a member who is gone');
    return { member, organisation };
  });
}

export async function saveProfile(
  services: Services,
  principal: MemberPrincipal,
  profile: Pick<Member, 'name' | 'title' | 'locale'>,
): Promise<void> {
  const { organisationId, memberId } = principal;
  await services.database.inOrganisation(organisationId, async (db) => {
    await updateMember(db, { organisationId, id: memberId }, profile);
    const at = services.clock.now();
    await recordEvent(db, {
      organisationId,
      at,
      actor: actorOf(principal),
      action: 'member.profileChanged',
      subject: profile.name,
    });
  });
}
