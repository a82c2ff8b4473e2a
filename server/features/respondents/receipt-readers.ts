import type { Transaction } from '../../../db/client.ts';
import type { Locale } from '../../adapters/template-helpers.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { listPeople } from '../people/people.store.ts';

/** Who gets a copy of what was handed in, in which language, and by which link to read it again. */
export type ReceiptReader = { name: string; email: string; linkId: string; locale: Locale };

/** Whoever submitted, and the coordinator where an approver did. */
export async function receiptReaders(
  db: Transaction,
  assessment: Assessment,
  { name, email, linkId }: RespondentPrincipal,
  locale: Locale,
): Promise<ReceiptReader[]> {
  const people = await listPeople(db, assessment);
  const owners = people.filter(({ id, role, revokedAt }) => role === 'respondent' && !revokedAt && id !== linkId);
  return [
    { name, email, linkId, locale },
    ...owners.map((owner) => ({
      name: owner.name,
      email: owner.email,
      linkId: owner.id,
      locale: assessment.contactLocale,
    })),
  ];
}
