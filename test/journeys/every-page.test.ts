import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers } from '../support/barriers.ts';
import { look, openStage, type Stage } from './stage.ts';
import { peopledWorld, type Visitor } from './world.ts';

/**
 * Every page there is, found by following every link as everybody, in both languages, wide and narrow, light, dark and in forced
 * colours. EVERY_PAGE=all looks at each page in every combination; else the first page of each route in both languages and widths,
 * with the colours taken in turn.
 */
type Look = { lang: 'ja' | 'en'; width: 1280 | 360; scheme: 'light' | 'dark' | 'forced' };
type Found = { visitor: Visitor; url: string; route: string };

const turns: readonly (readonly Look[])[] = [
  [
    { lang: 'ja', width: 1280, scheme: 'light' },
    { lang: 'en', width: 360, scheme: 'dark' },
  ],
  [
    { lang: 'ja', width: 360, scheme: 'forced' },
    { lang: 'en', width: 1280, scheme: 'light' },
  ],
  [
    { lang: 'ja', width: 1280, scheme: 'dark' },
    { lang: 'en', width: 360, scheme: 'forced' },
  ],
];
const all = (['ja', 'en'] as const).flatMap((lang) =>
  ([1280, 360] as const).flatMap((width) =>
    (['light', 'dark', 'forced'] as const).map((scheme): Look => ({ lang, width, scheme })),
  ),
);
/** Pages that are only there after a step of their own; their journeys look at them. */
const elsewhere = ['/v/code', '/welcome/password'];

let stage: Stage;
let people: Visitor[];
let pages: Found[];
beforeAll(async () => {
  stage = await openStage();
  people = await peopledWorld(stage);
  pages = [];
  for (const visitor of people) pages.push(...(await follow(visitor)));
}, 240_000);
afterAll(() => stage?.close());

describe('every page', () => {
  it('is reached by following links', { timeout: 120_000 }, async () => {
    const reached = new Set(pages.map(({ route }) => route));
    const declared = stage.app.declaredRoutes.filter(({ method, url }) => method === 'GET' && isPage(url));
    const rest = new Set(declared.map(({ url }) => url).filter((url) => !reached.has(url) && !elsewhere.includes(url)));
    const missed = [];
    for (const route of rest) for (const visitor of people) if (await isPageFor(visitor, route)) missed.push(route);
    expect([...new Set(missed)].sort()).toEqual([]);
    expect(reached.size).toBeGreaterThan(40);
  });

  it('can be read by everybody, fits its window, and asks nobody outside for anything', {
    timeout: 1_800_000,
  }, async () => {
    const wrong = new Set<string>();
    const looks = Object.groupBy(plan(), ({ visitor }) => visitor.name);
    const queue = Object.values(looks).map((list) => list ?? []);
    await Promise.all([work(queue, wrong), work(queue, wrong)]);
    expect([...wrong].sort()).toEqual([]);
  });
});

type Task = Found & { as: Look };

function plan(): Task[] {
  if (process.env.EVERY_PAGE === 'all') return pages.flatMap((found) => all.map((as) => ({ ...found, as })));
  const first = pages.filter(({ route }, index) => pages.findIndex((page) => page.route === route) === index);
  return first.flatMap((found, index) => (turns[index % turns.length] ?? []).map((as) => ({ ...found, as })));
}

async function work(queue: Task[][], wrong: Set<string>): Promise<void> {
  for (let tasks = queue.shift(); tasks; tasks = queue.shift()) {
    const { page, complaints, close } = await stage.visit({ colorScheme: 'light' });
    await page.context().addCookies(cookiesOf(tasks[0]?.visitor.cookie ?? ''));
    for (const task of tasks) {
      for (const problem of await problemsOf(page, task)) wrong.add(`${task.visitor.name} ${task.url}: ${problem}`);
      for (const complaint of complaints.splice(0)) wrong.add(`${task.visitor.name} ${task.url}: ${complaint}`);
    }
    await close();
  }
}

async function problemsOf(page: Page, { visitor, url, route, as }: Task): Promise<string[]> {
  await page.setViewportSize({ width: as.width, height: 900 });
  await page.emulateMedia({
    colorScheme: as.scheme === 'dark' ? 'dark' : 'light',
    forcedColors: as.scheme === 'forced' ? 'active' : 'none',
  });
  const response = await page.goto(`${url}${url.includes('?') ? '&' : '?'}lang=${as.lang}`);
  if (response?.status() !== 200) return [`status ${response?.status()}`];
  const found = await barriers(page);
  await look(page, `${visitor.name}${route}-${as.lang}-${as.width}-${as.scheme}`.replaceAll(/[^\w-]+/g, '_'));
  // 400 % zoom of a window 1,280 px wide leaves 320 px.
  if (as.width === 360) await page.setViewportSize({ width: 320, height: 800 });
  if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found.push('sticks out at 400 % zoom');
  return found.map((problem) => `${as.lang} ${as.width} ${as.scheme}: ${problem}`);
}

/** One page of every route this person can reach, and a few of those that differ by what is in them. */
async function follow(visitor: Visitor): Promise<Found[]> {
  const found: Found[] = [];
  const known = new Set<string>();
  const queue = [...visitor.roots];
  for (let url = queue.shift(); url; url = queue.shift()) {
    const route = routeOf(url);
    if (!route || known.has(route)) continue;
    const response = await stage.app.inject({ url, headers: { cookie: visitor.cookie, accept: 'text/html' } });
    if (response.statusCode === 303 || response.statusCode === 302) {
      queue.push(String(response.headers.location));
      continue;
    }
    known.add(route);
    if (response.statusCode !== 200 || !String(response.headers['content-type']).startsWith('text/html')) continue;
    found.push({ visitor, url, route });
    for (const [, href = ''] of response.body.matchAll(/href="(\/[^"#]*)/g)) {
      const link = href.replaceAll('&amp;', '&');
      if (!/[?&]lang=|^\/assets|\.pdf$/.test(link)) queue.push(link);
    }
  }
  return found;
}

/** Whether there is something to see that no link leads to; most addresses left over only lead on to another. */
async function isPageFor({ cookie, roots }: Visitor, route: string): Promise<boolean> {
  const id = roots.map((root) => /^\/assessments\/(.+)$/.exec(root)?.[1]).find(Boolean) ?? randomUUID();
  const url = route.replace(/:\w+/g, id);
  const { statusCode, headers } = await stage.app.inject({ url, headers: { cookie, accept: 'text/html' } });
  return statusCode === 200 && String(headers['content-type']).startsWith('text/html');
}

function routeOf(url: string): string | undefined {
  const path = url.split('?')[0] ?? '';
  const matching = stage.app.declaredRoutes.filter(
    ({ method, url: pattern }) =>
      method === 'GET' && new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+').replace('*', '.*')}$`).test(path),
  );
  return (matching.find(({ url: pattern }) => pattern === path) ?? matching[0])?.url;
}

/** Everything else that answers GET is data or a file. */
function isPage(url: string): boolean {
  return !/^\/(api|assets|schemas|livez|readyz|evidence|\*)|\*|\.(json|xlsx|ics|pdf)$|\/evidence\/|\/(pdf|json)$|:locale|:lang/.test(
    url,
  );
}

function cookiesOf(header: string) {
  return header
    .split('; ')
    .filter((pair) => pair.startsWith('__Host-'))
    .map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), domain: 'localhost', path: '/', secure: true };
    });
}
