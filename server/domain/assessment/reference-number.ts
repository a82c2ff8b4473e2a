/** Numbers printed on mails and reports: KA-2026-0001 counts the assessments an organisation sent in a year (Asia/Tokyo). */

/** `latest` is the greatest number of that year so far, or null. */
export function nextReference(year: string, latest: string | null): string {
  const count = latest === null ? 0 : Number(latest.slice(latest.lastIndexOf('-') + 1));
  return `KA-${year}-${String(count + 1).padStart(4, '0')}`;
}

/** A draft has no number yet, so that deleting one leaves no gap; the column only has to be unique. */
export function draftReference(id: string): string {
  return `draft:${id}`;
}

export function isDraftReference(reference: string): boolean {
  return reference.startsWith('draft:');
}
