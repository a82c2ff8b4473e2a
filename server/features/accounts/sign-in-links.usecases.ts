import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../db/client.ts';
import { randomToken, sha256 } from '../../adapters/keys.ts';
import type { Services } from '../../services.ts';
import type { Member } from './members.store.ts';
import { endSignInLinks, insertSignInLink } from './sign-in-links.store.ts';

/** What a link is for stands in its token, so that the hash binds it: a link to sign in cannot be used to set a password. */
export const purposes = { signIn: 'ktks_', password: 'ktkp_' } as const;
export type Purpose = keyof typeof purposes;

export const LINK_HOURS = 24;

/** A one-time address (`…/welcome#…`) that signs this member in once within 24 hours. */
export async function createSignInLink(
  services: Services,
  { organisationId, memberId }: { organisationId: string; memberId: string },
): Promise<string> {
  return services.database.inOrganisation(organisationId, (db) =>
    addSignInLink(services, db, { organisationId, id: memberId }, 'signIn'),
  );
}

/** Ends links sent before and resolves to the new address; only the SHA-256 of its token is kept. */
export async function addSignInLink(
  services: Services,
  db: Transaction,
  member: Pick<Member, 'organisationId' | 'id'>,
  purpose: Purpose,
): Promise<string> {
  const now = services.clock.now();
  const token = randomToken(purposes[purpose]);
  await endSignInLinks(db, member.organisationId, member.id, now);
  await insertSignInLink(db, {
    organisationId: member.organisationId,
    id: randomUUID(),
    memberId: member.id,
    tokenHash: sha256(token),
    expiresAt: new Date(now.getTime() + LINK_HOURS * 3_600_000),
    createdAt: now,
  });
  return welcomeAddress(services, token);
}

/** The token stands behind the #, which browsers send to nobody (ASVS 14.2.1). */
export function welcomeAddress({ config }: Pick<Services, 'config'>, token: string): string {
  return `${config.publicUrl}/welcome#${token}`;
}
