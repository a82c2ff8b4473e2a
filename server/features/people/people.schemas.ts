import { Type } from 'typebox';
import { formBody } from '../../plugins/forms.ts';
import { invitedRoles, partFields, partLists, personFields } from './invitation.input.ts';

const closed = { additionalProperties: false };

export const params = Type.Object({ id: Type.String({ maxLength: 100 }) }, closed);
export const inviteQuery = Type.Object(
  { role: Type.Optional(Type.Union(invitedRoles.map((role) => Type.Literal(role)))) },
  closed,
);
export const shownQuery = Type.Object({}, closed);
export const inviteBody = formBody([...personFields, ...partFields], partLists);
export const partBody = formBody(partFields, partLists);
export const stepsBody = formBody(['steps']);
export const noForm = formBody([]);
