import type { Transaction } from '../../../db/client.ts';
import { sha256 } from '../../adapters/keys.ts';
import { invalidAt } from '../../errors.ts';
import { createSession, type Principal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { countAttempt, forgetAttempts } from './attempts.ts';
import { emailOf } from './email.ts';
import { findMemberByEmail, type Member, updateMember } from './members.store.ts';
import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';
import { dropOldestSessions, revokeSession } from './sessions.store.ts';

export type SignedIn = { sessionId: string; locale: 'ja' | 'en' };
type Credentials = { email: string; password: string; ip: string };

/**
 * Throws AppError 400 with the same words after the same work whether the address is unknown, the account disabled, without a
 * password, or the password wrong; 429 when there were too many tries.
 */
export async function signIn(services: Services, { email, password, ip }: Credentials): Promise<SignedIn> {
  const address = emailOf(email);
  const tries = await countAttempt(services, 'sign-in', address, ip);
  const member = await services.database.byCredential(address, (db) => findMemberByEmail(db, address));
  const hash = member && !member.disabledAt ? member.passwordHash : null;
  const matches = await verifyPassword(hash, password);
  if (!matches || !member || !hash) {
    services.log.warn(
      { event: 'authn_login_fail', account: sha256(address).slice(0, 16), ip, tries },
      'sign-in refused',
    );
    throw refused();
  }
  const signedIn = await services.database.inOrganisation(member.organisationId, async (db) => {
    if (isOutdated(hash)) await updateMember(db, member, { passwordHash: await hashPassword(password) });
    return startSession(services, db, member, { by: 'password', failedBefore: tries - 1 });
  });
  await forgetAttempts(services, 'sign-in', address, ip);
  return signedIn;
}

/** A new session with a new id, whatever the browser held before (ASVS 7.2.4). */
export async function startSession(
  services: Services,
  db: Transaction,
  member: Member,
  details: Record<string, unknown>,
): Promise<SignedIn> {
  const now = services.clock.now();
  const { organisationId, id: memberId, name, locale } = member;
  const sessionId = await createSession(db, now, { organisationId, kind: 'member', memberId });
  await dropOldestSessions(db, organisationId, memberId, now);
  const actor = { kind: 'member', id: memberId, name } as const;
  await recordEvent(db, { organisationId, at: now, actor, action: 'member.signedIn', details });
  return { sessionId, locale };
}

export async function signOut(services: Services, principal: Principal): Promise<void> {
  const at = services.clock.now();
  const { organisationId, sessionId, kind } = principal;
  await services.database.inOrganisation(organisationId, async (db) => {
    await revokeSession(db, organisationId, sessionId, at);
    await recordEvent(db, { organisationId, at, actor: actorOf(principal), action: `${kind}.signedOut` });
  });
}

function refused() {
  const message = {
    ja: 'メールアドレスまたはパスワードが違います。お忘れの場合は「パスワードを忘れた」からやり直せます。',
    en: 'The email address or the password is wrong. If you have forgotten it, use “Forgotten password”.',
  };
  return invalidAt('email', message);
}
