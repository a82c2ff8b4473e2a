/** One figure of the bench. `ratio` is value ÷ floor; for `atMost` smaller is better. */
export type Row = {
  what: string;
  value: string;
  floor: string;
  ratio: number;
  /** Absent: measured to be watched, not to be reached. */
  target?: { atLeast: number } | { atMost: number };
  /** Where the time goes; printed when the target is missed. */
  note?: string;
};

export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.what,
    row.value,
    row.floor,
    row.ratio.toFixed(2),
    targetOf(row),
    row.target ? (met(row) ? 'met' : 'SHORT') : 'measured',
  ]);
  const head = ['measure', 'value', 'floor', 'ratio', 'target', 'result'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => (line[column] ?? '').length)),
  );
  const print = (line: readonly string[]) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const short = rows.filter((row) => !met(row) && row.note).map((row) => `  ${row.what}: ${row.note}`);
  return [
    print(head),
    print(widths.map((width) => '-'.repeat(width))),
    ...lines.map(print),
    ...(short.length > 0 ? ['', 'Falls short, because:', ...short] : []),
  ].join('\n');
}

function met({ ratio, target }: Row): boolean {
  if (!target) return true;
  return 'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost;
}

function targetOf({ target }: Row): string {
  if (!target) return '–';
  return 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
}
