import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { respondentLinks, sessions } from '../../../db/schema/index.ts';
import { linkNeeded } from '../../plugins/access.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';

/**
 * The person as the database knows them now. A request that brings files runs for minutes after its session was read: what was
 * revoked or changed meanwhile counts. Call it once the assessment is locked, because revoking waits for the same lock. Throws
 * AppError 401 `link_needed`.
 */
export async function stillInvited(db: Transaction, respondent: RespondentPrincipal): Promise<RespondentPrincipal> {
  const { organisationId, sessionId, linkId } = respondent;
  const [link] = await db
    .select({ role: respondentLinks.role, scope: respondentLinks.scope })
    .from(sessions)
    .innerJoin(
      respondentLinks,
      and(eq(respondentLinks.organisationId, sessions.organisationId), eq(respondentLinks.id, sessions.linkId)),
    )
    .where(
      and(
        eq(sessions.organisationId, organisationId),
        eq(sessions.id, sessionId),
        eq(sessions.linkId, linkId),
        isNull(sessions.revokedAt),
        isNull(respondentLinks.revokedAt),
      ),
    );
  if (link?.role !== respondent.role) throw linkNeeded();
  return { ...respondent, scope: link.scope };
}
