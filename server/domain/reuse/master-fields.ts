/** Cells of a workbook as the fields of an answer master. */

export type Fields = Record<string, unknown>;

/** What people type into Excel becomes a number or a text as Excel likes; the type of the question decides. */
export function typedValue(type: unknown, value: unknown): unknown {
  if (typeof value === 'boolean') return String(value);
  if (type === 'number') return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (type === 'text' || typeof value !== 'string' || !value.startsWith('['))
    return value === undefined ? value : String(value);
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

export function textual(fields: Fields, except: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, except.includes(name) ? value : String(value)]),
  );
}

export function filled(names: readonly string[], fields: Fields): Fields {
  return { ...Object.fromEntries(names.map((name) => [name, ''])), ...fields };
}

export function lines(value: unknown): string[] {
  return value === undefined ? [] : String(value).split('\n');
}

/** `{ 'plan.by': x }` becomes `{ plan: { by: x } }`. Names come from our own columns only. */
export function nested(fields: Fields): Fields {
  const made: Fields = {};
  for (const [path, value] of Object.entries(fields)) {
    const steps = path.split('.');
    const last = steps.pop() ?? path;
    let at = made;
    for (const step of steps) {
      at[step] ??= {};
      at = at[step] as Fields;
    }
    at[last] = value;
  }
  return made;
}
