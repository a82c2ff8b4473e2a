/** Shapes that every room of the JSON API shares; what belongs to one feature stands in its own schemas. */
import { type Static, type TSchema, Type } from 'typebox';

export const closed = { additionalProperties: false } as const;

export function orNull<T extends TSchema>(type: T) {
  return Type.Union([type, Type.Null()]);
}

/** Any text: an id that is none is answered with the same 404 as one nobody has. */
export const Id = Type.String({ maxLength: 200, description: 'Id as another answer of this API names it' });
export const IdParams = Type.Object({ id: Id }, closed);
export const Instant = Type.String({ format: 'date-time' });
export const Day = Type.String({ format: 'date', description: 'YYYY-MM-DD in Asia/Tokyo' });
/** A day as people write it; the use case says what is wrong with it better than a pattern can. */
export const TypedDay = Type.String({ maxLength: 40, description: 'YYYY-MM-DD', examples: ['2026-12-25'] });
export const Words = Type.Object({ ja: Type.String(), en: Type.String() }, closed);
/** Only the two texts, whatever else stands beside them. */
export function wordsOf({ ja, en }: Static<typeof Words>): Static<typeof Words> {
  return { ja, en };
}

export const Page = Type.Optional(
  Type.String({ pattern: '^[1-9]\\d{0,5}$', description: 'From 1; 50 entries a page' }),
);

/** For what is said by its address alone: no body, `{}` or null. */
export const NoBody = Type.Optional(Type.Union([Type.Object({}, closed), Type.Null()]));
export const Done = Type.Null({ description: 'Done.' });
export const Made = Type.Object({ id: Type.String() }, { ...closed, description: 'Made, under this id.' });
/** A file as it is stored; the bytes are what the media type says. */
export const File = Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary', description: 'The file.' });
