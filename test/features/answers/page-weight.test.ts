import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { advisedAssessment } from './advised.ts';
import { respondentOf } from './respondent.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

/** Styles and scripts a page names, and every module these import. */
async function assetsOf(page: string): Promise<Map<string, string>> {
  const waiting = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js)[^"]*)"/g)].map(([, url]) => url ?? '');
  const found = new Map<string, string>();
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    const path = url.split(/[?&]/)[0] ?? url;
    if (found.has(path)) continue;
    const { statusCode, body } = await test.app.inject({ url });
    expect([url, statusCode]).toEqual([url, 200]);
    found.set(path, body);
    for (const [, name = ''] of body.matchAll(/^import [^;]*?from '([^']+)'/gm)) {
      waiting.push(new URL(name, `http://localhost${path}`).pathname);
    }
  }
  return found;
}

it('an answering page loads at most 60 KB of styles and scripts, compressed', async () => {
  const vendor = respondentOf(test, await advisedAssessment(test));
  const assets = await assetsOf((await vendor.get('/respond/sections/AUTH')).body);
  expect([...assets.keys()]).toEqual(
    expect.arrayContaining(['/assets/respond.css', '/assets/respond/respond.js', '/assets/respond/advice.js']),
  );
  const sizes = [...assets].map(([path, body]) => [path, gzipSync(body).length] as const);
  expect(sizes.length).toBeGreaterThan(12);
  expect(sizes.reduce((sum, [, size]) => sum + size, 0)).toBeLessThan(60 * 1024);
});
