import type { Refusal } from './evidence-errors.ts';

/** Looks at one part of an Office file as it streams by. */
export type PartReader = { read(piece: Buffer): void; reason(): Refusal | null };

/** Relationship parts are small; what stands behind this is not read. */
const LONGEST_RELATIONSHIPS = 1024 ** 2;

/**
 * Links that do nothing until somebody clicks them or says yes. Everything else that points outside is loaded on opening:
 * templates, pictures, frames, embedded objects.
 */
const harmless = /\/(hyperlink|externalLinkPath|xlExternalLinkPath\/\w+)$/;

export function createPartReader(name: string): PartReader {
  if (/\.rels$/i.test(name)) return relationships();
  return /\.(xml|vml)$/i.test(name) ? markup() : { read: () => {}, reason: () => null };
}

/** Office Open XML allows no DTD (ECMA-376 Part 2, §8.2.5): there is nothing it could be for but harm. In any encoding of XML. */
const DTD = ['<!DOCTYPE', '<!ENTITY'].flatMap((text) => {
  const little = Buffer.from(text, 'utf16le');
  return [Buffer.from(text), little, Buffer.from(little).swap16()];
});
const LONGEST_MARK = Math.max(...DTD.map(({ length }) => length));

function markup(): PartReader {
  let found = false;
  let rest = Buffer.alloc(0);
  return {
    read(piece) {
      const text = Buffer.concat([rest, piece]);
      found ||= DTD.some((mark) => text.includes(mark));
      rest = text.subarray(-LONGEST_MARK);
    },
    reason: () => (found ? 'foreign_markup' : null),
  };
}

function relationships(): PartReader {
  const definitions = markup();
  const pieces: Buffer[] = [];
  let size = 0;
  return {
    read(piece) {
      definitions.read(piece);
      size += piece.length;
      if (size <= LONGEST_RELATIONSHIPS) pieces.push(piece);
    },
    reason() {
      if (size > LONGEST_RELATIONSHIPS) return 'unsafe_archive';
      return definitions.reason() ?? (loadsFromOutside(textOf(Buffer.concat(pieces))) ? 'external_parts' : null);
    },
  };
}

/** XML is UTF-8 or UTF-16 with a byte order mark. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le');
  return bytes.toString('utf8');
}

/**
 * Each tag by itself: no attribute holds a bare `<` (XML 1.0 §2.3), while a bare `>`, or what looks like another attribute, may stand
 * in a value.
 */
function loadsFromOutside(text: string): boolean {
  const tags = text
    .split('<')
    .filter((tag) => tag.includes('TargetMode') && /^(?:[^\s:>/"'=]+:)?Relationship\s/.test(tag));
  return tags.map(attributesOf).some((attributes) => {
    const mode = attributes.get('TargetMode');
    return mode !== undefined && mode !== 'Internal' && !harmless.test(attributes.get('Type') ?? '');
  });
}

function attributesOf(tag: string): ReadonlyMap<string, string> {
  const attributes = tag.matchAll(/\s([^\s=>/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return new Map([...attributes].map(([, name = '', double, single]) => [name, double ?? single ?? '']));
}
