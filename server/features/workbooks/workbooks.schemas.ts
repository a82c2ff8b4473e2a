import { Type } from 'typebox';

export const importParams = Type.Object({ id: Type.String({ maxLength: 100 }) }, { additionalProperties: false });

const questionId = Type.String({ maxLength: 100 });

/** `action` is `all` or `some`; `seen` is `<question>=<revision>` separated by blanks. */
export const applyBody = Type.Object(
  {
    action: Type.Optional(Type.String({ maxLength: 10 })),
    take: Type.Optional(Type.Union([questionId, Type.Array(questionId, { maxItems: 1_000 })])),
    seen: Type.Optional(Type.String({ maxLength: 120_000 })),
  },
  { additionalProperties: false },
);
