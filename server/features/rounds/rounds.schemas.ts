import { type Static, Type } from 'typebox';
import { formBody } from '../../plugins/forms.ts';

const closed = { additionalProperties: false };
const id = Type.String({ maxLength: 200 });

export const Params = Type.Object({ id }, closed);
export const ShownQuery = Type.Object(
  {
    lang: Type.Optional(Type.String({ maxLength: 10 })),
    done: Type.Optional(Type.String({ maxLength: 60 })),
  },
  closed,
);
/** `action`: the button, `return` or `preview`. */
export const ReturnForm = formBody(['dueOn', 'note', 'seen', 'action']);
/** A press of a button, without anything typed. */
export const NoForm = Type.Optional(Type.Union([formBody([]), Type.Null()]));
export type Route = { Params: Static<typeof Params> };
