import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { respondentOf } from '../answers/respondent.ts';
import { returned } from './returned.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set('2026-11-21T10:00:00+09:00');
});
afterAll(() => test.close());

type Progress = { answered: number; applicable: number; sections: { sectionId: string }[] };
const of = (progress: Progress, id: string) => progress.sections.find(({ sectionId }) => sectionId === id);

it('after a return counts what may be changed, and what of it has been changed', async () => {
  const vendor = respondentOf(test, await returned(test, ['ORG-02', 'ORG-03', 'SUB-01']));
  const read = async () => ((await vendor.get('/api/respond/assessment')).json as { progress: Progress }).progress;
  expect(await read()).toMatchObject({ answered: 0, applicable: 3 });
  expect((await vendor.get('/respond/sections/ORG')).body).toContain('差戻しへの対応：2問中0問 対応済み');
  expect((await vendor.get('/respond/sections')).body).toContain('差戻し 2問中0問を変更済み');

  // Saved as it was: nothing has been dealt with.
  const same = await vendor.put('ORG-03', { revision: 1, value: 'yes' });
  expect(of((same.json as { progress: Progress }).progress, 'ORG')).toMatchObject({ answered: 0, applicable: 2 });
  const changed = await vendor.put('ORG-03', { revision: 2, value: 'no' });
  expect(of((changed.json as { progress: Progress }).progress, 'ORG')).toMatchObject({ answered: 1, applicable: 2 });

  const page = (await vendor.get('/respond/sections/ORG')).body;
  expect(page).toContain('差戻しへの対応：2問中1問 対応済み');
  expect(page).toMatch(/<progress class="meter" value="1" max="2"/);
  expect(page).toContain('data-count="ORG">1/2<');
  expect(page).not.toContain('data-count="DATA"');
  expect((await vendor.get('/respond/sections')).body).toContain('差戻し 2問中1問を変更済み');
});

it('counts what has come to apply by a change, until it is answered', async () => {
  const vendor = respondentOf(test, await returned(test, ['SUB-01']));
  const { progress } = (await vendor.put('SUB-01', { revision: 1, value: 'yes' })).json as { progress: Progress };
  const { answered, applicable } = progress;
  expect(applicable).toBeGreaterThan(1);
  expect(answered).toBe(1);
  expect((await vendor.get('/respond/sections/SUB')).body).toContain(`：${applicable}問中1問 対応済み`);
});

it('draws no meter where nothing was returned', async () => {
  const vendor = respondentOf(test, await returned(test, ['SUB-01']));
  const page = (await vendor.get('/respond/sections/ORG?show=all')).body;
  expect(page).not.toContain('<progress');
  expect(page).toContain('このセクションに、変更できる設問はありません');
});
