import type { Fields } from './answer-form.ts';

/** A page that needs no database: everything that was posted, hidden in a form that sends it again, and the texts to read. */
export function unsavedView(action: string, fields: Fields) {
  const all = [...fields].flatMap(([name, values]) => values.map((value) => ({ name, value })));
  return {
    action,
    fields: all,
    texts: all.filter(({ name, value }) => /\.(typed|comment|naReason|withheld)$/.test(name) && value.trim() !== ''),
  };
}
