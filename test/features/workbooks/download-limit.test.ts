import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { colleague, newTeam } from '../people/team.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

// Writing one keeps the only processor busy, so however many colleagues somebody invites, they share what there is.
it('makes a few workbooks a minute for all people of a request together, and still some for others', async () => {
  const [team, others] = [await newTeam(test), await newTeam(test)];
  const { browser } = await colleague(test, team, 'contributor');
  for (const url of ['/respond/workbook.xlsx', '/respond/blank-workbook.xlsx', '/api/respond/workbook']) {
    const asked = Array.from({ length: 10 }, async () => (await team.owner.get(url)).statusCode);
    expect([url, ...new Set(await Promise.all(asked))]).toEqual([url, 200]);
    const told = [await browser.get(url), await others.owner.get(url)].map(({ statusCode }) => statusCode);
    expect([url, ...told]).toEqual([url, 429, 200]);
  }
});
