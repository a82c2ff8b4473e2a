import { sha256 } from '../../adapters/keys.ts';
import { AppError } from '../../errors.ts';
import type { Services } from '../../services.ts';
import { recordEvent } from '../audit/audit.store.ts';
import { opensFirstOwner } from './first-owner.usecases.ts';
import { findMember, findOrganisation, type Member, updateMember } from './members.store.ts';
import { checkedPassword } from './password.usecases.ts';
import { revokeMemberSessions } from './sessions.store.ts';
import { type SignedIn, startSession } from './sign-in.usecases.ts';
import { consumeSignInLink, endSignInLinks, findSignInLink, type SignInLink } from './sign-in-links.store.ts';
import { purposes } from './sign-in-links.usecases.ts';

export type Welcome =
  | { kind: 'firstOwner' }
  | { kind: 'password'; email: string; isNew: boolean }
  | ({ kind: 'signedIn' } & SignedIn);

/**
 * What the shown token opens. A link to sign in is used up by this; a link for a password only when the password is set.
 * Throws AppError 410, the same for a token that is unknown, malformed, used, too old or of a disabled member.
 */
export async function welcome(services: Services, token: string): Promise<Welcome> {
  if (await opensFirstOwner(services, token)) return { kind: 'firstOwner' };
  const { link, member } = await openLink(services, token);
  if (token.startsWith(purposes.password)) {
    return { kind: 'password', email: member.email, isNew: member.passwordHash === null };
  }
  return services.database.inOrganisation(link.organisationId, async (db) => {
    if (!(await consumeSignInLink(db, link, services.clock.now()))) throw linkGone();
    return { kind: 'signedIn', ...(await startSession(services, db, member, { by: 'sign-in link' })) };
  });
}

/** Sets the password of an invited or forgetful member; every session and link from before ends (ASVS 6.4.3, 7.4.3). */
export async function setPasswordByLink(services: Services, token: string, password: string): Promise<SignedIn> {
  if (!token.startsWith(purposes.password)) throw linkGone();
  const { link, member } = await openLink(services, token);
  const { organisationId } = link;
  const organisation = await services.database.inOrganisation(organisationId, (db) =>
    findOrganisation(db, organisationId),
  );
  const passwordHash = await checkedPassword(password, [
    organisation.name,
    organisation.nameEn,
    member.name,
    member.email,
  ]);
  return services.database.inOrganisation(organisationId, async (db) => {
    const at = services.clock.now();
    if (!(await consumeSignInLink(db, link, at))) throw linkGone();
    await updateMember(db, member, { passwordHash });
    await revokeMemberSessions(db, member, at);
    await endSignInLinks(db, organisationId, member.id, at);
    const actor = { kind: 'member', id: member.id, name: member.name } as const;
    await recordEvent(db, { organisationId, at, actor, action: 'member.passwordSet', details: { by: 'link' } });
    return startSession(services, db, member, { by: 'password link' });
  });
}

async function openLink(services: Services, token: string): Promise<{ link: SignInLink; member: Member }> {
  const hash = sha256(token);
  const link = await services.database.byCredential(hash, (db) => findSignInLink(db, hash));
  if (!link || link.usedAt || link.expiresAt <= services.clock.now()) throw linkGone();
  const member = await services.database.inOrganisation(link.organisationId, (db) =>
    findMember(db, link.organisationId, link.memberId),
  );
  if (!member || member.disabledAt) throw linkGone();
  return { link, member };
}

export function linkGone(): AppError {
  return new AppError(410, 'link_gone', {
    ja: 'このリンクは使用済みか、期限（24時間）が過ぎています。「パスワードを忘れた」から新しいリンクを受け取るか、管理者に再送を依頼してください。',
    en: 'This link has been used or is older than 24 hours. Get a new one through “Forgotten password”, or ask an owner to send it again.',
  });
}
