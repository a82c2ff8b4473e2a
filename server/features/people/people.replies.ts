/** Colleagues as the JSON API gives them to whoever coordinates the answers. Pure. */
import type { Static } from 'typebox';
import { wordsOf } from '../../plugins/api-shapes.ts';
import type { peopleReply } from './people.api.schemas.ts';
import type { Person } from './people.store.ts';
import { personView } from './people.views.ts';
import type { People } from './read-people.usecases.ts';

type Reply = Static<typeof peopleReply>;

/** Everybody whose link is in force. */
export function peopleOf(read: People): Reply {
  const { assessment, parties, domains } = read;
  return {
    customer: wordsOf(parties.customer),
    dueOn: assessment.dueOn,
    approvalSteps: assessment.approvalSteps,
    allowedDomains: [...domains],
    people: read.people.filter(({ revokedAt }) => !revokedAt).map((person) => personOf(read, person)),
  };
}

function personOf(read: People, person: Person): Reply['people'][number] {
  const { id, name, email, locale, role, scope, dueOn } = person;
  const { part, invitedAt, enteredAt } = personView(read, person);
  return {
    ...{ id, name, email, locale, role, dueOn },
    scope: scope && { sections: [...scope.sections], questions: [...scope.questions] },
    invitedAt: invitedAt.toISOString(),
    enteredAt: enteredAt?.toISOString() ?? null,
    progress: part && { answered: part.answered, applicable: part.applicable },
  };
}
