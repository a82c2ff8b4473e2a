import { Type } from 'typebox';
import { formBody } from '../../plugins/forms.ts';

const closed = { additionalProperties: false };
const shown = {
  lang: Type.Optional(Type.String({ maxLength: 10 })),
  done: Type.Optional(Type.String({ maxLength: 60 })),
};
/** Any text: an id that is none is answered with the same 404 as one nobody has. */
const Id = Type.String({ maxLength: 200 });

export const ShownQuery = Type.Object(shown, closed);
export const QuestionParams = Type.Object({ questionId: Id }, closed);
export const AssessmentParams = Type.Object({ id: Id }, closed);

/** `kind`: the button that was pressed. */
export const AskForm = formBody(['body', 'kind']);
export const DeclineForm = formBody(['reason']);
export const RedirectionForm = formBody(['name', 'email', 'remark']);
/** `thread`: the question's id, '' for the request as a whole. */
export const ReplyForm = formBody(['thread', 'body']);
export const SettlementForm = formBody(['thread']);
export const ResumptionForm = formBody(['note', 'dueOn']);
