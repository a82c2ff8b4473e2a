import { describe, expect, it } from 'vitest';
import { isBeyondMaster } from '../../../server/domain/reuse/json-extent.ts';

function beyond(text: string): boolean {
  return isBeyondMaster(new TextEncoder().encode(text));
}

describe('the extent of a file that says it is an answer master', () => {
  it.each<[string, boolean, string]>([
    ['lists in lists, as deep as allowed', false, `${'['.repeat(16)}${']'.repeat(16)}`],
    ['lists in lists, one deeper', true, `${'['.repeat(17)}${']'.repeat(17)}`],
    ['objects in objects', true, '{"a":'.repeat(17)],
    ['depth that is never closed', true, '['.repeat(5_000_000)],
    ['many lists beside each other', false, `[${'[],'.repeat(1_000)}[]]`],
    ['as many values as nobody has', true, `[${'1,'.repeat(100_000)}1]`],
    ['as many empty objects as nobody has', true, '{}'.repeat(100_001)],
    ['signs of structure inside a text', false, JSON.stringify({ text: '[{,'.repeat(100_000) })],
    ['a quotation mark inside a text', false, JSON.stringify({ text: `"\\"${'['.repeat(50)}` })],
    ['structure after a text that ends in a backslash', true, `["\\\\",${'['.repeat(17)}`],
    ['Japanese text', false, JSON.stringify({ text: '「漢字」、'.repeat(50_000) })],
    ['nothing', false, ''],
  ])('%s', (_, expected, text) => {
    expect(beyond(text)).toBe(expected);
  });
});
