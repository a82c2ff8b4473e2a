import { type Static, Type } from 'typebox';
import { formBody } from '../../plugins/forms.ts';

const closed = { additionalProperties: false };
/** Any text: an id that is none is answered with the same 404 as one nobody has. */
const Id = Type.String({ maxLength: 200 });
const shown = {
  lang: Type.Optional(Type.String({ maxLength: 10 })),
  done: Type.Optional(Type.String({ maxLength: 60 })),
};
export const states = [
  'draft',
  'sent',
  'inProgress',
  'submitted',
  'returned',
  'declined',
  'finalised',
  'expired',
  'revoked',
] as const;
const State = Type.Enum([...states]);
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Locale = Type.Union([Type.Literal('ja'), Type.Literal('en')]);
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

export const Params = Type.Object({ id: Id }, closed);
export const ShownQuery = Type.Object(shown, closed);
/** `proposal`: the message in which the vendor has named another contact. */
export const ContactQuery = Type.Object({ proposal: Type.Optional(Id), ...shown }, closed);
export const ListQuery = Type.Object(
  { state: Type.Optional(State), page: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,5}$' })), ...shown },
  closed,
);
export type ListQuery = Static<typeof ListQuery>;
export const NewQuery = Type.Object({ service: Type.Optional(Id), ...shown }, closed);
export type NewQuery = Static<typeof NewQuery>;

export const DraftForm = formBody([
  'id',
  'serviceId',
  'questionnaire',
  'contactName',
  'contactEmail',
  'contactLocale',
  'dueOn',
  'graceDays',
  'purpose',
]);
export const ContactForm = formBody(['contactName', 'contactEmail', 'contactLocale']);
export const DueDateForm = formBody(['dueOn']);
export const SettingsForm = formBody(['advice', 'plans', 'reminders', 'prefillMonths', 'emailDomains']);
export const RevocationForm = formBody(['reason']);
/** A press of a button, without anything typed. */
export const NoForm = Type.Optional(Type.Union([formBody([]), Type.Null()]));
export const DutiesForm = Type.Record(
  Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,39}$' }),
  Type.String({ maxLength: 10 }),
  { additionalProperties: false, maxProperties: 50 },
);
export type DutiesForm = Static<typeof DutiesForm>;

export const AssessmentBody = Type.Object(
  {
    serviceId: Id,
    questionnaire: Type.Object(
      { id: Type.String({ maxLength: 100 }), version: Type.String({ maxLength: 50 }) },
      closed,
    ),
    contact: Type.Object(
      {
        name: Type.String({ maxLength: 1_000 }),
        email: Type.String({ maxLength: 1_000 }),
        locale: Type.Optional(Locale),
      },
      closed,
    ),
    dueOn: Type.Optional(Day),
    graceDays: Type.Optional(Type.Integer()),
    purpose: Type.Optional(Type.String({ maxLength: 20_000 })),
  },
  closed,
);
export type AssessmentBody = Static<typeof AssessmentBody>;

const Named = Type.Object({ id: Type.String(), name: Type.String() }, closed);
const Progress = Type.Object({ answered: Type.Integer(), applicable: Type.Integer(), percent: Type.Integer() }, closed);
const Delivery = Type.Object(
  { kind: Type.String(), recipient: Type.String(), state: Type.String(), failure: OrNull(Type.String()) },
  closed,
);

export const AssessmentReply = Type.Object(
  {
    id: Type.String(),
    reference: OrNull(Type.String()),
    state: State,
    vendor: Named,
    service: Named,
    questionnaire: Type.Object({ id: Type.String(), version: Type.String(), hash: Type.String() }, closed),
    contact: Type.Object({ name: Type.String(), email: Type.String() }, closed),
    dueOn: Day,
    lastDay: Day,
    sentAt: OrNull(Type.String()),
    submittedAt: OrNull(Type.String()),
    finalisedAt: OrNull(Type.String()),
    progress: OrNull(Progress),
    delivery: OrNull(Delivery),
  },
  closed,
);
export type AssessmentReply = Static<typeof AssessmentReply>;
export const AssessmentsReply = Type.Object(
  { assessments: Type.Array(AssessmentReply), total: Type.Integer() },
  closed,
);
export const Created = Type.Object({ id: Type.String() }, closed);
export const SentReply = Type.Object({ id: Type.String(), reference: Type.String(), state: State }, closed);
