import { type Static, Type } from 'typebox';

/** As long as the router takes, so that no id is answered with anything but the same 404. */
const id = Type.String({ maxLength: 200 });

export const Params = Type.Object({ id });
export const EditionParams = Type.Object({ id, edition: id });
export const Empty = Type.Object({}, { additionalProperties: false });

/** `seen`: the newest version the page knew. */
export const IssueForm = Type.Object(
  { seen: Type.Optional(Type.String({ pattern: '^\\d{1,6}$' })) },
  { additionalProperties: false },
);
export const ListQuery = Type.Object(
  { vendor: Type.Optional(Type.String({ maxLength: 64 })), page: Type.Optional(Type.String({ maxLength: 10 })) },
  { additionalProperties: false },
);

export type IssueForm = Static<typeof IssueForm>;
export type ListQuery = Static<typeof ListQuery>;
