/** The hidden sheet with the choices: a list typed into a cell may hold 255 characters only, a range as many as it likes. */
import { columnName, type Sheet } from './book.ts';

export const CHOICES = '_choices';

export type ChoiceLists = {
  /** Range that holds these choices. */
  range(choices: readonly string[]): string;
  sheet(): Sheet;
};

/** Equal lists share one column. */
export function createChoiceLists(): ChoiceLists {
  const lists = new Map<string, readonly string[]>();
  return {
    range(choices) {
      const key = choices.join('\n');
      if (!lists.has(key)) lists.set(key, choices);
      const column = columnName([...lists.keys()].indexOf(key) + 1);
      return `'${CHOICES}'!$${column}$1:$${column}$${choices.length}`;
    },
    sheet() {
      const columns = [...lists.values()];
      const height = Math.max(0, ...columns.map(({ length }) => length));
      return {
        name: CHOICES,
        state: 'hidden',
        columns: columns.map(() => ({ width: 30 })),
        rows: Array.from({ length: height }, (_, row) => ({
          cells: columns.map((list) => (list[row] === undefined ? null : { value: list[row] })),
        })),
      };
    },
  };
}
