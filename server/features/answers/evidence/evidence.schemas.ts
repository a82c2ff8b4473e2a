import { Type } from 'typebox';
import { evidenceView } from '../answers.schemas.ts';

const closed = { additionalProperties: false } as const;
export const params = Type.Object({ id: Type.String({ maxLength: 100 }) }, closed);
export const attached = Type.Object({ attached: Type.Array(evidenceView) }, closed);
export const uploaded = Type.Object(
  {
    attached: Type.Array(evidenceView),
    locationRemoved: Type.Array(Type.String(), {
      description: 'Pictures that said where they were taken, and no longer do.',
    }),
  },
  closed,
);
const typed = Type.String({
  maxLength: 100,
  description: 'As people write it: 2026-12-01, 2026/12/1, 令和8年12月1日; empty for none.',
});
export const dates = Type.Object({ effectiveOn: typed, expiresOn: typed }, closed);
const read = Type.Union([
  Type.Null(),
  Type.Object({ day: Type.String(), words: Type.Object({ ja: Type.String(), en: Type.String() }, closed) }, closed),
]);
export const datedView = Type.Object({ effectiveOn: read, expiresOn: read, expired: Type.Boolean() }, closed);
export const uses = Type.Object({ subject: Type.String({ maxLength: 120 }) }, closed);
