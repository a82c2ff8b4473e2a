import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';

const folder = fileURLToPath(new URL('../../../templates/partials', import.meta.url));
const partials = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hbs'))
  .map((file) => file.replaceAll('\\', '/').slice(0, -'.hbs'.length));

/** Not shown: texts of mails are no part of a page, and the frame for members needs one who is signed in. */
const exceptions = /^(mail|shell)\//;

let test: TestApp;
const rendered = new Set<string>();
beforeAll(async () => {
  noteRenderedPartials();
  test = await buildTestApp();
});
afterAll(() => test?.close());

/** What counts is that a partial is reached when the page is made, not that its name stands in a template. */
function noteRenderedPartials() {
  const create = Handlebars.create;
  vi.spyOn(Handlebars, 'create').mockImplementation(() => {
    const instance = create();
    const register: (name: string, partial: Handlebars.TemplateDelegate) => void = instance.registerPartial;
    const noting: typeof register = (name, render) =>
      register.call(instance, name, (context, options) => {
        rendered.add(name);
        return render(context, options);
      });
    return Object.assign(instance, { registerPartial: noting });
  });
}

async function pagesIn(lang: string): Promise<Map<string, string>> {
  const bodies = new Map<string, string>();
  const routes = test.app.declaredRoutes.filter(({ method, url }) => method === 'GET' && url.startsWith('/styleguide'));
  for (const { url } of routes) {
    const response = await test.app.inject({ url: `${url}?lang=${lang}` });
    expect(response.statusCode, `${url}: ${response.body.slice(0, 400)}`).toBe(200);
    bodies.set(url, response.body);
  }
  return bodies;
}

describe('the style guide', () => {
  it.each(['ja', 'en'])('shows every partial (%s)', async (lang) => {
    rendered.clear();
    const bodies = await pagesIn(lang);
    expect(bodies.size).toBeGreaterThan(1);
    expect(partials.length).toBeGreaterThan(60);
    expect(partials.filter((name) => !exceptions.test(name) && !rendered.has(name))).toEqual([]);
  });

  it('leads to each of its pages and uses no id twice', async () => {
    const bodies = await pagesIn('ja');
    const first = bodies.get('/styleguide') ?? '';
    for (const [url, body] of bodies) {
      if (url !== '/styleguide') expect(first).toContain(`href="${url}"`);
      const ids = [...body.replace(/<template[\s\S]*?<\/template>/g, '').matchAll(/\sid="([^"]+)"/g)].map(
        ([, id]) => id,
      );
      expect(
        ids.filter((id, at) => ids.indexOf(id) !== at),
        url,
      ).toEqual([]);
    }
  });
});
