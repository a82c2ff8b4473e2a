import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Invited, insider, invited } from '../features/respondents/visitor.ts';
import { look, openStage, type Stage } from './stage.ts';

let stage: Stage;
let sent: Invited;
beforeAll(async () => {
  stage = await openStage();
  sent = await invited(stage.app, stage.services);
}, 60_000);
afterAll(() => stage.close());

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

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
        const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
        found.push(...violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes[0]?.html.slice(0, 120)}`));
        const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
        if (overflow > 0) found.push(`${path}: ${overflow} px too wide`);
        await look(page, `access-${lang}${path.replaceAll('/', '-')}`);
      }
      expect(found).toEqual([]);
      await close();
    },
    90_000,
  );
});
