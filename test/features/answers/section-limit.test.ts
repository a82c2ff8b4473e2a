import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { colleague, newTeam } from '../people/team.ts';
import type { Visitor } from '../respondents/visitor.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

const A_MINUTE = 120;

it('the form of a section is taken so often a minute from one link, whatever its address, and no more', async () => {
  const team = await newTeam(test);
  const { browser } = await colleague(test, team, 'contributor');
  const first = await statusesOf(team.owner, A_MINUTE + 5);
  expect(first.filter((status) => status === 303)).toHaveLength(A_MINUTE);
  expect(first.filter((status) => status === 429)).toHaveLength(5);
  const refused = await save(team.owner);
  expect([refused.statusCode, Number(refused.headers['retry-after']) > 0]).toEqual([429, true]);
  expect(refused.body).toContain('1分ほど待って');
  expect((await save(browser)).statusCode).toBe(303);
});

function save(person: Visitor) {
  return person.post('/respond/sections/AUTH', { action: 'save' });
}

async function statusesOf(person: Visitor, count: number): Promise<number[]> {
  const replies = await Promise.all(Array.from({ length: count }, () => save(person)));
  return replies.map(({ statusCode }) => statusCode);
}
