import { Type } from 'typebox';

const closed = { additionalProperties: false };

/** Generous on purpose: whatever a person pastes gets the same answer, and only the body limit ends it. */
export const startBody = Type.Object({ token: Type.String({ maxLength: 20_000 }) }, closed);
export const codeBody = Type.Object({ code: Type.String({ maxLength: 200 }) }, closed);
export const emptyBody = Type.Optional(Type.Union([Type.Object({}, closed), Type.Null()]));
export const resendBody = Type.Object({ email: Type.String({ maxLength: 320 }) }, closed);
