/** Ids in addresses are UUIDs. Anything else is answered like an id nobody has, before the database sees it. */
export function isIdentifier(text: string): boolean {
  return /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text);
}
