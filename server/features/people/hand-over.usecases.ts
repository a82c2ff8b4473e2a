import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { bumpPages } from '../assessments/assessment-state.usecases.ts';
import { changing, colleagueOf, recordChange } from './as-owner.ts';
import { mailAllowed } from './people.limits.ts';
import { mailPerson } from './people.mails.ts';
import { changePerson, changeRequest } from './people.store.ts';

/**
 * Makes a colleague the one who answers for the request: submits, invites, and gets the customer's mails. Whoever did so before goes
 * on as a contributor to everything. Throws AppError 404, 409 `wrong_state`.
 */
export async function handOver(services: Services, principal: RespondentPrincipal, id: string): Promise<void> {
  await changing(services, principal, 'respond.invite', async (change) => {
    const { db, assessment, me } = change;
    const person = colleagueOf(change, id);
    // One in charge at any moment: the former one first.
    await changePerson(db, me, { role: 'contributor', scope: null, dueOn: null });
    await changePerson(db, person, { role: 'respondent', scope: null, dueOn: null });
    const contact = { contactName: person.name, contactEmail: person.email, contactLocale: person.locale };
    await changeRequest(db, assessment, contact);
    await bumpPages(db, assessment.organisationId, assessment.id);
    if (await mailAllowed(change, person.email)) {
      await mailPerson(services, { ...change, assessment: { ...assessment, ...contact } }, 'handed-over', {
        ...person,
        role: 'respondent',
      });
    }
    await recordChange(change, principal, 'people.handedOver', { person, details: { from: me.name } });
  });
}
