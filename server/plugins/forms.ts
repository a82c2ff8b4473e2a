import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import { isIdentifier } from '../domain/assessment/identifier.ts';
import { AppError, type InvalidField, type Message } from '../errors.ts';

/** A posted form as the browser sends it: a field that occurs twice is a list, an empty one ''. */
export type PostedForm = Readonly<Record<string, string | string[] | undefined>>;

/** What a form page shows: everything as it was typed, and what to mend, above the form and at each field. */
export type FormView = {
  values: Record<string, string>;
  /** What is wrong with each field, or null. */
  wrong: Record<string, Message | null>;
  /** The error summary; the layout marks the page title when there is one. */
  errors: readonly InvalidField[];
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
function formView(fields: readonly string[], typed: PostedForm, problems: readonly InvalidField[] = []): FormView {
  return {
    values: Object.fromEntries(fields.map((name) => [name, textOf(typed, name)])),
    wrong: Object.fromEntries(
      fields.map((name) => [name, problems.find(({ path }) => path === name)?.message ?? null]),
    ),
    errors: problems,
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

/** The id a form for something new carries, so that sending it twice makes one; a fresh one when it carries none. */
export function formId(form: PostedForm): string {
  const id = textOf(form, 'id');
  return isIdentifier(id) ? id : randomUUID();
}

/** What the field partials (templates/partials/field.hbs and its like) need to show one control again as it was typed. */
export type FormField = { id: string; name: string; value: string; error: Message | null };
export type Choice = { value: string; text: Message; hint?: Message };
export type ChoiceField = FormField & { options: readonly (Choice & { checked: boolean })[] };

export function fieldsOf<Name extends string>(
  names: readonly Name[],
  typed: PostedForm,
  problems: readonly InvalidField[] = [],
): Record<Name, FormField> {
  const { values, wrong } = formView(names, typed, problems);
  const fields = names.map((name) => [name, { id: name, name, value: values[name], error: wrong[name] }]);
  return Object.fromEntries(fields) as Record<Name, FormField>;
}

/** Radios, checkboxes or a select: the same, with what was chosen marked. */
export function choicesOf(
  name: string,
  choices: readonly Choice[],
  typed: PostedForm,
  problems: readonly InvalidField[] = [],
): ChoiceField {
  const chosen = listOf(typed, name);
  const error = problems.find(({ path }) => path === name)?.message ?? null;
  const options = choices.map((choice) => ({ ...choice, checked: chosen.includes(choice.value) }));
  return { id: name, name, value: textOf(typed, name), error, options };
}
