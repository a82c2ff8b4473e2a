import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/client.ts';
import { conflict } from '../../errors.ts';
import type { Services } from '../../services.ts';
import { anyOrganisation, anyOrganisationNow, findMember } from './members.store.ts';
import { insertOrganisationWithOwner, type NewOrganisation } from './organisations.usecases.ts';
import { type SignedIn, startSession } from './sign-in.usecases.ts';
import { LINK_HOURS, welcomeAddress } from './sign-in-links.usecases.ts';

/** Sealed instead of stored: there is no organisation yet whose row could hold it. It counts until there is one. */
const PREFIX = 'ktkf_';
const CONTEXT = 'first owner';
const FIRST_OWNER_LOCK = 7_316_202_404;

/** The address at which the first owner sets Kantoku up, good for 24 hours; null once there is an organisation. */
export async function createFirstOwnerLink(services: Services): Promise<string | null> {
  if (await hasOrganisation(services.database)) return null;
  const until = services.clock.now().getTime() + LINK_HOURS * 3_600_000;
  return welcomeAddress(services, PREFIX + services.keys.seal(String(until), CONTEXT));
}

export async function opensFirstOwner(services: Services, token: string): Promise<boolean> {
  return isFirstOwnerToken(services, token) && !(await hasOrganisation(services.database));
}

/** Throws AppError 409 when somebody else was first. */
export async function createFirstOwner(services: Services, input: NewOrganisation): Promise<SignedIn> {
  const organisationId = randomUUID();
  return services.database.inOrganisation(organisationId, async (db) => {
    await db.execute(sql`select pg_advisory_xact_lock(${FIRST_OWNER_LOCK}::bigint)`);
    if (await anyOrganisationNow(db)) throw alreadySetUp();
    const ids = await insertOrganisationWithOwner(services, db, organisationId, input);
    const owner = await findMember(db, organisationId, ids.memberId);
    if (!owner) throw new Error('the owner just created cannot be read');
    return startSession(services, db, owner, { by: 'first-owner link' });
  });
}

function hasOrganisation(database: Database): Promise<boolean> {
  return database.byCredential('any organisation', anyOrganisation);
}

function isFirstOwnerToken({ keys, clock }: Services, token: string): boolean {
  if (!token.startsWith(PREFIX)) return false;
  try {
    return Number(keys.open(token.slice(PREFIX.length), CONTEXT)) > clock.now().getTime();
  } catch {
    return false;
  }
}

function alreadySetUp() {
  return conflict('already_set_up', {
    ja: '組織の登録は既に済んでいます。サインインするか、管理者に招待を依頼してください。',
    en: 'The organisation has been registered already. Sign in, or ask an owner to invite you.',
  });
}
