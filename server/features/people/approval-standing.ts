import type { Transaction } from '../../../db/client.ts';
import { approvalStanding, type Standing } from '../../domain/assessment/approvals.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { listApprovals } from './approvals.store.ts';
import { type Fingerprinted, fingerprint } from './fingerprint.ts';
import type { Person } from './people.store.ts';

/** Which role takes which step. */
export const stepRoles = { 1: 'checker', 2: 'approver' } as const;

/** How far 確認 and 承認 have come for the answers as they are now. */
export async function readStanding(
  db: Transaction,
  assessment: Pick<Assessment, 'organisationId' | 'id' | 'round' | 'approvalSteps'>,
  people: readonly Person[],
  present: Fingerprinted,
): Promise<Standing> {
  const records = await listApprovals(db, assessment);
  const roleOf = new Map(people.flatMap(({ id, role, revokedAt }) => (revokedAt ? [] : [[id, role] as const])));
  return approvalStanding({
    steps: assessment.approvalSteps,
    records,
    present: fingerprint(present),
    counts: ({ step, linkId }) => (step === 1 || step === 2) && roleOf.get(linkId) === stepRoles[step],
  });
}
