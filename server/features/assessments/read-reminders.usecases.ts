import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import type { Assessment } from './assessment-state.usecases.ts';
import { type Reminded, readReminded } from './reminders.ts';

/** How the reminders to the contact stand; null without a link in force, as in a draft. */
export async function readReminders(
  services: Services,
  { organisationId }: MemberPrincipal,
  assessment: Assessment,
): Promise<Reminded | null> {
  const all = await services.database.inOrganisation(organisationId, (db) =>
    readReminded(db, organisationId, [assessment]),
  );
  return all.get(assessment.id)?.find(({ link }) => link.role === 'respondent') ?? null;
}
