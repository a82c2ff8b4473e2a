/** The hidden sheet with the choices: a list typed into a cell may hold 255 characters only, a range as many as it likes. */
import type { Sheet } from './book.ts';

const CHOICES = '_choices';

export type ChoiceLists = {
  /** Range that holds these choices. */
  range(choices: readonly string[]): string;
  sheet(): Sheet;
};

/** One list below the other; equal lists are written once. */
export function createChoiceLists(): ChoiceLists {
  const first = new Map<string, number>();
  const lines: string[] = [];
  return {
    range(choices) {
      const key = JSON.stringify(choices);
      const row = first.get(key) ?? lines.length + 1;
      if (!first.has(key)) lines.push(...choices);
      first.set(key, row);
      return `'${CHOICES}'!$A$${row}:$A$${row + choices.length - 1}`;
    },
    sheet: () => ({
      name: CHOICES,
      state: 'hidden',
      columns: [{ width: 60 }],
      rows: lines.map((value) => ({ cells: [{ value }] })),
    }),
  };
}
