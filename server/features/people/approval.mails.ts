import type { Services } from '../../services.ts';
import type { ColleagueMail } from '../assessments/colleague-mail-limit.ts';
import { stepRoles } from './approval-standing.ts';
import { type Change, inForce } from './as-owner.ts';
import { mailAllowed } from './people.limits.ts';
import { mailPerson } from './people.mails.ts';
import type { Person } from './people.store.ts';

/** Asks everybody who may take the step. */
export async function mailStep(services: Services, change: Change, step: 1 | 2): Promise<void> {
  const isCheck = step === 1;
  for (const person of inForce(change.people, stepRoles[step])) {
    await mailWithin(services, change, 'approval-requested', person, { isCheck });
  }
}

/** Tells the respondent what was decided. */
export async function mailOwner(
  services: Services,
  change: Change,
  kind: ColleagueMail,
  { remark, step }: { remark: string; step: number },
): Promise<void> {
  for (const owner of inForce(change.people, 'respondent')) {
    await mailWithin(services, change, kind, owner, { remark, isCheck: step === 1 });
  }
}

/** A mail past the day's limit is left out: the page tells the same. */
async function mailWithin(
  services: Services,
  change: Change,
  kind: ColleagueMail,
  to: Person,
  particulars: Record<string, unknown>,
): Promise<void> {
  if (await mailAllowed(change, to.email)) await mailPerson(services, change, kind, to, particulars);
}
