import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokyoDate } from '../../../server/domain/assessment/calendar.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { insider, invited } from './visitor.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

describe('pages of a request', () => {
  it('are all there in both languages', async () => {
    const sent = await invited(test.app, test.services);
    const person = await insider(test.app, test.services, sent.token);
    for (const url of ['/respond', '/respond/sections', '/respond/questions', '/respond/check', '/respond/answers']) {
      for (const lang of ['ja', 'en']) {
        const page = await person.get(`${url}?lang=${lang}`);
        expect([url, page.statusCode, page.body.includes(`lang="${lang}"`)]).toEqual([url, 200, true]);
      }
    }
  });

  it.each([
    [0, '本日が期限です', 'お問い合わせ先'],
    [1, 'あと1日です', '回答の前にご確認ください'],
  ])('begin with the due date %i days from today, and whom to ask', async (days, due, besides) => {
    const dueOn = tokyoDate(new Date(test.services.clock.now().getTime() + days * 86_400_000));
    const sent = await invited(test.app, test.services, { dueOn });
    const { body } = await (await insider(test.app, test.services, sent.token)).get('/respond');
    expect([body.includes(due), body.includes(besides)]).toEqual([true, true]);
  });

  it('say how to come back when nobody is in, and leave by the entrance', async () => {
    const sent = await invited(test.app, test.services);
    const person = await insider(test.app, test.services, sent.token);
    const left = await person.post('/sign-out');
    expect([left.statusCode, left.headers.location]).toEqual([303, '/v?done=accounts.signedOut']);
    const outside = await person.get('/respond/check');
    expect(outside.statusCode).toBe(401);
    expect(outside.body).toContain('リンクからお入りください');
    expect(outside.body).toContain('href="/v"');
    expect(outside.body).not.toContain('href="/sign-in');
  });
});
