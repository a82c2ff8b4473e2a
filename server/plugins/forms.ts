import { Type } from 'typebox';
import { AppError, type InvalidField, type Message } from '../errors.ts';

/** A posted form as the browser sends it: a field that occurs twice is a list, an empty one ''. */
export type PostedForm = Readonly<Record<string, string | string[] | undefined>>;

/** What a form page shows: everything as it was typed, and what to mend, above the form and at each field. */
export type FormView = {
  values: Record<string, string>;
  errors: Record<string, Message | null>;
  summary: readonly InvalidField[];
};

/** Generous on purpose: a text that is too long comes back in its form with a message instead of an error page. */
const POSTED_TEXT = Type.String({ maxLength: 20_000 });

/** Body schema of a form post: these fields and no others, all of them text. */
export function formBody(fields: readonly string[], lists: readonly string[] = []) {
  const list = Type.Optional(Type.Union([POSTED_TEXT, Type.Array(POSTED_TEXT, { maxItems: 100 })]));
  return Type.Object(
    {
      ...Object.fromEntries(fields.map((name) => [name, Type.Optional(POSTED_TEXT)])),
      ...Object.fromEntries(lists.map((name) => [name, list])),
    },
    { additionalProperties: false },
  );
}

export function textOf(form: PostedForm, name: string): string {
  const value = form[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

export function listOf(form: PostedForm, name: string): string[] {
  const value = form[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** `fields` names every field the template shows, so that each has a value and an error or null. */
export function formView(
  fields: readonly string[],
  typed: PostedForm,
  problems: readonly InvalidField[] = [],
): FormView {
  return {
    values: Object.fromEntries(fields.map((name) => [name, textOf(typed, name)])),
    errors: Object.fromEntries(
      fields.map((name) => [name, problems.find(({ path }) => path === name)?.message ?? null]),
    ),
    summary: problems,
  };
}

/** Runs a use case for a form: refused input (400) comes back as its problems, anything else is thrown on. */
export async function attempt<T>(
  work: () => Promise<T>,
): Promise<{ value: T } | { problems: readonly InvalidField[] }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof AppError && error.status === 400) {
      return { problems: error.fields.length > 0 ? error.fields : [{ path: '', message: error.publicMessage }] };
    }
    throw error;
  }
}
