import { createHash } from 'node:crypto';

/** SHA-256 of the report with the keys of every object sorted, so that storage which reorders keys does not change it. */
export function reportHash(report: object): string {
  return createHash('sha256').update(canonicalJson(report)).digest('hex');
}

/** JSON with sorted keys and without spaces; what a reader hashes to check a report. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (isObject(one) ? sorted(one) : one));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
