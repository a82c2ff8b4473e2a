import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../db/client.ts';
import { isIdentifier } from '../../domain/assessment/identifier.ts';
import { conflict, invalidAt, notFound } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { emailOf } from './email.ts';
import { mailInvitation } from './invitation-mail.ts';
import { countOwners, findMember, insertMember, listMembers, type Member, updateMember } from './members.store.ts';
import { revokeMemberSessions } from './sessions.store.ts';
import { endSignInLinks } from './sign-in-links.store.ts';

export type Invitation = Pick<Member, 'email' | 'name' | 'title' | 'role' | 'locale'>;

export function readMembers(services: Services, { organisationId }: MemberPrincipal): Promise<Member[]> {
  return services.database.inOrganisation(organisationId, (db) => listMembers(db, organisationId));
}

/** Adds a member and mails a link to choose a password. Throws AppError 400 when the address has an account already. */
export async function inviteMember(
  services: Services,
  principal: MemberPrincipal,
  invitation: Invitation,
): Promise<void> {
  const { organisationId } = principal;
  const createdAt = services.clock.now();
  const member = { ...invitation, email: emailOf(invitation.email), organisationId, id: randomUUID(), createdAt };
  try {
    await services.database.inOrganisation(organisationId, async (db) => {
      await insertMember(db, member);
      await mailInvitation(services, db, principal, member);
      await record(services, db, principal, 'member.invited', member, { role: member.role });
    });
  } catch (error) {
    if (isTaken(error)) throw invalidAt('email', taken);
    throw error;
  }
}

/** For a member who has not chosen a password yet; the link sent before ends. */
export async function resendInvitation(services: Services, principal: MemberPrincipal, id: string): Promise<void> {
  await change(services, principal, id, async (db, member) => {
    if (member.disabledAt || member.passwordHash) throw conflict('already_joined', joined);
    await mailInvitation(services, db, principal, member);
    await record(services, db, principal, 'member.invitationResent', member);
  });
}

/** Ends every session and link at once. Throws AppError 409 for the last owner. */
export async function disableMember(services: Services, principal: MemberPrincipal, id: string): Promise<void> {
  await change(services, principal, id, async (db, member) => {
    if (member.disabledAt) return;
    await keepAnOwner(db, member);
    const at = services.clock.now();
    await updateMember(db, member, { disabledAt: at });
    await revokeMemberSessions(db, member, at);
    await endSignInLinks(db, member.organisationId, member.id, at);
    await record(services, db, principal, 'member.disabled', member);
  });
}

export async function enableMember(services: Services, principal: MemberPrincipal, id: string): Promise<void> {
  await change(services, principal, id, async (db, member) => {
    if (!member.disabledAt) return;
    await updateMember(db, member, { disabledAt: null });
    await record(services, db, principal, 'member.enabled', member);
  });
}

/** Counts from the next request on. Throws AppError 409 for the last owner. */
export async function changeRole(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  role: Member['role'],
): Promise<void> {
  await change(services, principal, id, async (db, member) => {
    if (member.role === role) return;
    await keepAnOwner(db, member);
    await updateMember(db, member, { role });
    await record(services, db, principal, 'member.roleChanged', member, { from: member.role, to: role });
  });
}

/** Foreign, unknown and malformed ids are answered alike. */
async function change(
  services: Services,
  { organisationId }: MemberPrincipal,
  id: string,
  work: (db: Transaction, member: Member) => Promise<void>,
): Promise<void> {
  if (!isIdentifier(id)) throw notFound();
  await services.database.inOrganisation(organisationId, async (db) => {
    const member = await findMember(db, organisationId, id);
    if (!member) throw notFound();
    await work(db, member);
  });
}

async function keepAnOwner(db: Transaction, member: Member): Promise<void> {
  if (member.role !== 'owner' || member.disabledAt) return;
  if ((await countOwners(db, member.organisationId)) < 2) throw conflict('last_owner', lastOwner);
}

async function record(
  services: Services,
  db: Transaction,
  principal: MemberPrincipal,
  action: string,
  member: Pick<Member, 'organisationId' | 'id' | 'name'>,
  details: Record<string, unknown> = {},
): Promise<void> {
  const { organisationId, id, name } = member;
  const at = services.clock.now();
  await recordEvent(db, {
    organisationId,
    at,
    actor: actorOf(principal),
    action,
    subject: name,
    details: { ...details, memberId: id },
  });
}

/** One account per address over all organisations; the unique index decides, also between two who invite at once. */
function isTaken(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined;
  return (cause as { code?: string; constraint?: string } | undefined)?.constraint === 'members_email_unique';
}

const taken = {
  ja: 'このメールアドレスは既に登録されています。別のアドレスを使ってください。',
  en: 'This email address is registered already. Use another one.',
};
const joined = {
  ja: 'この方は招待を受け終えているか、無効になっています。パスワードを忘れた場合は、サインイン画面から再設定できます。',
  en: 'This person has already joined or is disabled. A forgotten password can be set anew from the sign-in page.',
};
const lastOwner = {
  ja: '最後の管理者です。先に別の方を管理者にしてから操作してください。',
  en: 'This is the last owner. Make somebody else an owner first.',
};
