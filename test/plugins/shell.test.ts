import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await buildStage();
});
afterAll(() => stage.close());

test.each(['//evil.example/', '///evil.example/x', '//evil.example/..?lang=en', '/%2f/evil.example'])(
  'no link of a page that %s leads to goes to another site',
  async (url) => {
    for (const cookie of [stage.cookies.anonymous, stage.cookies.owner]) {
      const { statusCode, body } = await stage.app.inject({ url, headers: { cookie } });
      expect(statusCode).toBe(404);
      const places = [...body.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, place = '']) =>
        place.replaceAll('&#x3D;', '='),
      );
      expect(places.length).toBeGreaterThan(3);
      const site = 'http://localhost:3000';
      expect(places.filter((place) => new URL(place, site).origin !== site)).toEqual([]);
    }
  },
);
