import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildStage, type Stage } from './stage.ts';

type Operation = {
  operationId: string;
  security: Record<string, []>[];
  requestBody?: { content: Record<string, unknown> };
};
let stage: Stage;
let document: { openapi: string; paths: Record<string, Record<string, Operation>> };
beforeAll(async () => {
  stage = await buildStage();
  document = (await stage.app.inject('/api/openapi.json')).json();
});
afterAll(() => stage.close());

describe('The description of the JSON API', () => {
  test('Holds every route under /api/ and no page', () => {
    const described = Object.entries(document.paths).flatMap(([url, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${url}`),
    );
    const declared = stage.app.declaredRoutes
      .filter(({ url, method }) => url.startsWith('/api/') && url !== '/api/openapi.json' && method !== 'HEAD')
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    expect(document.openapi).toBe('3.1.0');
    expect(described.sort()).toEqual(declared.sort());
    expect(declared.length).toBeGreaterThan(5);
  });

  test('Says who may call, and names each operation once', () => {
    const operations = Object.entries(document.paths).flatMap(([url, methods]) =>
      Object.values(methods).map((operation) => ({ url, ...operation })),
    );
    for (const { url, security } of operations) {
      expect(security).toEqual([{ [url.startsWith('/api/respond/') ? 'respondent' : 'member']: [] }]);
    }
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  test('Holds nothing a vendor must not know', () => {
    const respondent = Object.entries(document.paths).filter(([url]) => url.startsWith('/api/respond/'));
    expect(respondent.length).toBeGreaterThan(1);
    // Advice may name the regulator's finding; advice.test.ts holds what else it may not.
    const beside = JSON.stringify(respondent, (key, value) => (key === 'advice' ? undefined : value));
    expect(beside).not.toMatch(/weight|points|knockout|remark|finding|"score"/i);
  });
});
