import { describe, expect, it } from 'vitest';
import { foldedLines } from '../../../server/domain/questionnaire/folded-lines.ts';

describe('a text that goes to print', () => {
  it('keeps its lines as long as they are as many as people write', () => {
    const text = Array.from({ length: 100 }, (_, index) => `${index}行目`).join('\n');
    expect(foldedLines(text)).toBe(text);
  });

  it('runs on where they are more, and loses blank lines only', () => {
    const lines = Array.from({ length: 101 }, (_, index) => `${index}行目`);
    expect(foldedLines(lines.join('\n'))).toBe(lines.join(' / '));
    expect(foldedLines(`甲 ${'\n'.repeat(3_998)}乙`)).toBe('甲 / 乙');
    expect(foldedLines(`甲${'\u2028'.repeat(100)}乙${'\u2029'.repeat(100)}丙`)).toBe('甲 / 乙 / 丙');
  });
});
