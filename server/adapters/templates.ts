import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { createHelpers, type Locale } from './template-helpers.ts';

/** Pages and mails, compiled once at start. A missing field or message is an error, never a blank. */
export type Templates = {
  /** `name` is the path under templates/pages without ending, e.g. `vendors/list`. */
  page(name: string, locale: Locale, model: Record<string, unknown>): string;
  /** `name` is the path under templates/mail without ending, e.g. `invitation.ja`; plain text, nothing escaped. */
  mail(name: string, locale: Locale, model: Record<string, unknown>): string;
  /** A message of templates/text. */
  text(key: string, locale: Locale, values?: Record<string, unknown>): string;
  hasText(key: string): boolean;
};

type Entry = { ja: string; en: string };
const root = fileURLToPath(new URL('../../templates', import.meta.url));

export function loadTemplates(): Templates {
  const messages = loadMessages();
  const helpers = createHelpers(messages, assetVersions());
  const pages = compileFolder('pages', helpers, false);
  const mails = compileFolder('mail', helpers, true);
  return {
    page: (name, locale, model) => render(pages, name, { ...model, locale }),
    mail: (name, locale, model) => render(mails, name, { ...model, locale }),
    text: (key, locale, values) => helpers.text(key, locale, values ?? {}),
    hasText: helpers.has,
  };
}

type Render = (context: Record<string, unknown>) => string;

function render(templates: Map<string, Render>, name: string, context: Record<string, unknown>): string {
  const template = templates.get(name);
  if (!template) throw new Error(`templates: there is no "${name}"`);
  return template(context);
}

function compileFolder(
  folder: string,
  helpers: ReturnType<typeof createHelpers>,
  noEscape: boolean,
): Map<string, Render> {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(helpers.registered);
  const options = { strict: true, knownHelpersOnly: true, knownHelpers: helpers.known, noEscape, preventIndent: true };
  for (const shared of ['layouts', 'partials']) {
    for (const file of filesIn(shared, '.hbs'))
      handlebars.registerPartial(nameOf(shared, file), handlebars.compile(read(file), options));
  }
  const compiled = new Map<string, Render>();
  for (const file of filesIn(folder, '.hbs')) {
    const template = handlebars.compile(read(file), options);
    compiled.set(nameOf(folder, file), (context) =>
      template(context, { data: { locale: context.locale, root: context } }),
    );
  }
  return compiled;
}

/** templates/text/<area>.json: { "area.key": { "ja": …, "en": … } }; one file an area, keys unique over all. */
function loadMessages(): Map<string, Entry> {
  const messages = new Map<string, Entry>();
  for (const file of filesIn('text', '.json')) {
    for (const [key, entry] of Object.entries(JSON.parse(read(file)) as Record<string, Entry>)) {
      if (messages.has(key)) throw new Error(`templates/text: "${key}" is defined twice`);
      messages.set(key, entry);
    }
  }
  return messages;
}

/** Content hashes, so that browsers may keep assets for ever. */
function assetVersions(): Map<string, string> {
  return new Map(
    filesIn('assets', '').map((file) => [
      nameOf('assets', file, false),
      createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 10),
    ]),
  );
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name));
}

function nameOf(folder: string, file: string, cut = true): string {
  const name = relative(join(root, folder), file).replaceAll('\\', '/');
  return cut ? name.replace(/\.[^.]+$/, '') : name;
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}
