import type { Transaction } from '../../../db/client.ts';
import { AppError } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import {
  type Assessment,
  bumpPages,
  lockAssessment,
  moveAssessment,
  requireAllowed,
} from '../assessments/assessment-state.usecases.ts';
import { writeTo } from '../assessments/correspondence.usecases.ts';
import { findActiveLink } from '../assessments/links.store.ts';
import { linkAddress } from '../assessments/links.usecases.ts';
import { actorOf } from '../audit/audit.store.ts';
import { listAffected, mailAffected } from './colleague.mails.ts';
import { dropApprovals } from './given.store.ts';
import { putBack } from './put-back.usecases.ts';
import { inOrder } from './return-answers.usecases.ts';
import { listReturned, markWithdrawn } from './returns.store.ts';
import { findRound } from './rounds.store.ts';

/**
 * Calls a return off, also one whose time has passed: the answers are again those handed in last, and what the vendor changed
 * meanwhile stays in the audit trail only, because nobody declared it true. AppError 409 `wrong_state` once handed in again.
 */
export async function withdrawReturn(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
): Promise<void> {
  const { organisationId } = principal;
  const at = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    requireAllowed('assessments.withdrawReturn', assessment, at);
    const { round } = assessment;
    const place = { organisationId, assessmentId, round };
    const moved = await moveAssessment(db, assessment, 'withdrawReturn', {
      actor: actorOf(principal),
      at,
      details: { round },
      changes: { round: round - 1 },
    });
    const last = await findRound(db, { ...place, round: round - 1 });
    if (!last) throw new Error(`rounds: assessment ${assessmentId} was returned without what was handed in`);
    await putBack(db, moved, last, { actor: actorOf(principal), at });
    await markWithdrawn(db, place, at);
    await dropApprovals(db, place);
    await bumpPages(db, organisationId, assessmentId);
    await tell(services, db, principal, moved);
    const affected = await listAffected(db, assessment, inOrder(assessment, await listReturned(db, place)));
    await mailAffected(services, db, { assessment: moved, round }, 'part-return-withdrawn', affected);
  });
}

/** Whether it was withdrawn meanwhile: the second press of the button. */
export function isAlreadyWithdrawn(error: unknown): boolean {
  return error instanceof AppError && error.code === 'wrong_state' && error.details.state === 'submitted';
}

async function tell(services: Services, db: Transaction, principal: MemberPrincipal, assessment: Assessment) {
  const link = await findActiveLink(db, assessment.organisationId, assessment.id);
  if (!link) return;
  await writeTo(services, db, principal, assessment, 'return-withdrawn', { link: linkAddress(services, link.id) });
}
