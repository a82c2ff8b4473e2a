import { Type } from 'typebox';
import { closed, Day, Id, Instant, orNull, TypedDay, Words } from '../../plugins/api-shapes.ts';

const ids = Type.Optional(Type.Array(Id, { maxItems: 1_000 }));
const part = {
  part: Type.Enum(['all', 'chosen'], { description: 'The whole request, or `sections` and `questions`' }),
  sections: ids,
  questions: ids,
  dueOn: Type.Optional(TypedDay),
};
export const partBody = Type.Object(part, { ...closed, examples: [{ part: 'chosen', sections: ['AUTH'] }] });

export const inviteBody = Type.Object(
  {
    role: Type.Enum(['contributor', 'checker', 'approver']),
    name: Type.String({ maxLength: 1_000 }),
    email: Type.String({ maxLength: 1_000 }),
    locale: Type.Optional(Type.Enum(['ja', 'en'])),
    ...part,
    part: Type.Optional(part.part),
  },
  {
    ...closed,
    description: 'Checkers and approvers read every answer and have no part.',
    examples: [{ role: 'checker', name: '佐藤 三郎', email: 'sato@vendor.example' }],
  },
);

export const stepsBody = Type.Object(
  { steps: Type.Integer({ minimum: 0, maximum: 2, description: '0: none · 1: 確認 · 2: 確認, then 承認' }) },
  closed,
);

const person = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    email: Type.String(),
    locale: Type.Enum(['ja', 'en']),
    role: Type.Enum(['respondent', 'contributor', 'checker', 'approver']),
    scope: orNull(Type.Object({ sections: Type.Array(Type.String()), questions: Type.Array(Type.String()) }, closed)),
    dueOn: orNull(Day),
    invitedAt: Instant,
    enteredAt: orNull(Instant),
    progress: orNull(Type.Object({ answered: Type.Integer(), applicable: Type.Integer() }, closed)),
  },
  closed,
);

export const peopleReply = Type.Object(
  {
    customer: Words,
    dueOn: Day,
    approvalSteps: Type.Integer(),
    allowedDomains: Type.Array(Type.String()),
    people: Type.Array(person),
  },
  closed,
);
