import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Invited, insider, invited } from '../features/respondents/visitor.ts';
import { barriers } from '../support/barriers.ts';
import { look, openStage, type Stage } from './stage.ts';

let stage: Stage;
let sent: Invited;
beforeAll(async () => {
  stage = await openStage();
  sent = await invited(stage.app, stage.services);
}, 60_000);
afterAll(() => stage.close());

describe('pages of a vendor', () => {
  it.each([
    ['ja', 1280],
    ['en', 320],
  ])(
    'can be read by everybody (%s, %i px wide)',
    async (lang, width) => {
      const person = await insider(stage.app, stage.services, sent.token);
      const { page, close } = await stage.visit({ viewport: { width, height: 800 } });
      const url = stage.url.replace('http:', 'https:');
      await page.context().addCookies([...person.cookies].map(([name, value]) => ({ name, value, url, secure: true })));
      const found: string[] = [];
      for (const path of [
        '/v',
        '/v/resend',
        '/respond',
        '/respond/sections',
        '/respond/questions',
        '/respond/check',
        '/respond/answers',
      ]) {
        const response = await page.goto(`${path}?lang=${lang}`);
        expect([path, response?.status()]).toEqual([path, 200]);
        found.push(...(await barriers(page)));
        await look(page, `access-${lang}${path.replaceAll('/', '-')}`);
      }
      expect(found).toEqual([]);
      await close();
    },
    90_000,
  );
});
