import { invalidAt } from '../../errors.ts';
import { type PostedForm, textOf } from '../../plugins/forms.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { countAttempt, forgetAttempts } from './attempts.ts';
import { emailOf } from './email.ts';
import { findMember, findMemberByEmail, findOrganisation, updateMember } from './members.store.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { passwordProblem } from './password-rules.ts';
import { revokeMemberSessions } from './sessions.store.ts';
import { linksSince } from './sign-in-links.store.ts';
import { addSignInLink, LINK_HOURS } from './sign-in-links.usecases.ts';

/** The hash of a password that keeps the rules; throws AppError 400 at the field `password`. `names` as in passwordProblem. */
export async function checkedPassword(password: string, names: readonly (string | null)[]): Promise<string> {
  const words = names.flatMap((name) => (name ? [name, name.replace(LEGAL_FORM, ''), name.split('@')[0] ?? name] : []));
  const problem = passwordProblem(password, words);
  if (problem) throw invalidAt('password', problem);
  return hashPassword(password);
}

/** The new password of a form that asks for it twice; throws AppError 400 at `repeated` when the two differ. */
export function sameTwice(form: PostedForm): string {
  const password = textOf(form, 'password');
  if (password !== textOf(form, 'repeated')) throw invalidAt('repeated', different);
  return password;
}

/** Needs the current password, ends every other session and says so by mail (ASVS 6.2.3, 6.3.7, 7.4.3). */
export async function changePassword(
  services: Services,
  principal: MemberPrincipal,
  { current, password, ip }: { current: string; password: string; ip: string },
): Promise<void> {
  const { organisationId, memberId, sessionId } = principal;
  const [member, organisation] = await services.database.inOrganisation(organisationId, (db) =>
    Promise.all([findMember(db, organisationId, memberId), findOrganisation(db, organisationId)]),
  );
  if (!member) throw new Error('a session of a member who is gone');
  await countAttempt(services, 'password', member.email, ip);
  if (!(await verifyPassword(member.passwordHash, current)) && member.passwordHash !== null) {
    throw invalidAt('current', wrongCurrent);
  }
  const names = [organisation.name, organisation.nameEn, member.name, member.email];
  const passwordHash = await checkedPassword(password, names);
  await services.database.inOrganisation(organisationId, async (db) => {
    const at = services.clock.now();
    await updateMember(db, member, { passwordHash });
    await revokeMemberSessions(db, member, at, sessionId);
    await recordEvent(db, { organisationId, at, actor: actorOf(principal), action: 'member.passwordChanged' });
    await services.mail.enqueue(db, organisationId, {
      kind: 'password-changed',
      recipient: { email: member.email, name: member.name },
      locale: member.locale,
      model: { memberName: member.name, at },
    });
  });
  await forgetAttempts(services, 'password', member.email, ip);
}

/** Mails a link to set a new password, if there is such a member; resolves alike if not. Throws AppError 429. */
export async function requestPasswordLink(
  services: Services,
  { email, ip }: { email: string; ip: string },
): Promise<void> {
  const address = emailOf(email);
  await countAttempt(services, 'password-link', address, ip);
  const member = await services.database.byCredential(address, (db) => findMemberByEmail(db, address));
  if (!member || member.disabledAt) return;
  await services.database.inOrganisation(member.organisationId, async (db) => {
    const { organisationId, id, name, locale } = member;
    const now = services.clock.now();
    const sent = await linksSince(db, organisationId, id, new Date(now.getTime() - DAY_MS));
    if (!mayMail(sent, now)) return;
    const link = await addSignInLink(services, db, member, 'password');
    const actor = { kind: 'member', id, name } as const;
    await recordEvent(db, { organisationId, at: now, actor, action: 'member.passwordLinkSent' });
    await services.mail.enqueue(db, organisationId, {
      kind: 'password-link',
      recipient: { email: address, name },
      locale,
      model: { memberName: name, link, hours: LINK_HOURS },
    });
  });
}

const DAY_MS = 24 * 3_600_000;

/**
 * However many ask from however many places, the mailbox gets one in a minute, three in a quarter of an hour, ten in a day. The last
 * link sent stays good, so that nobody can end it by asking again and again.
 */
function mayMail(sent: readonly Date[], now: Date): boolean {
  const within = (ms: number) => sent.filter((at) => now.getTime() - at.getTime() < ms).length;
  return within(60_000) < 1 && within(15 * 60_000) < 3 && within(DAY_MS) < 10;
}

const LEGAL_FORM = /株式会社|有限会社|合同会社|(一般|公益)?(社団|財団)法人|社会保険労務士法人/g;

const different = {
  ja: '2回の入力が一致していません。同じパスワードをもう一度入力してください。',
  en: 'The two entries differ. Enter the same password again.',
};
const wrongCurrent = {
  ja: '現在のパスワードが違います。',
  en: 'The current password is wrong.',
};
