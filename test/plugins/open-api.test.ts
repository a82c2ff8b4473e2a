import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildStage, type Stage } from './stage.ts';

type Content = Record<string, { schema: object }>;
type Operation = {
  operationId: string;
  summary?: string;
  tags?: string[];
  security: Record<string, []>[];
  parameters?: { name: string; in: string; schema: object }[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description?: string; $ref?: string; content?: Content }>;
};
type Document = {
  openapi: string;
  info: { description: string };
  tags: { name: string }[];
  components: { schemas: Record<string, object>; responses: Record<string, { content: Content }> };
  paths: Record<string, Record<string, Operation>>;
};
let stage: Stage;
let document: Document;
let operations: (Operation & { told: string; url: string })[];
beforeAll(async () => {
  stage = await buildStage();
  document = (await stage.app.inject('/api/openapi.json')).json();
  operations = Object.entries(document.paths).flatMap(([url, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ ...one, url, told: `${method.toUpperCase()} ${url}` })),
  );
});
afterAll(() => stage.close());

describe('The description of the JSON API', () => {
  test('Holds every route under /api/ and no page', () => {
    const declared = stage.app.declaredRoutes
      .filter(({ url, method }) => url.startsWith('/api/') && url !== '/api/openapi.json' && method !== 'HEAD')
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    expect(document.openapi).toBe('3.1.0');
    expect(operations.map(({ told }) => told).sort()).toEqual(declared.sort());
    expect(declared.length).toBeGreaterThan(80);
  });

  test('Says who may call, and names each operation once', () => {
    for (const { url, security } of operations) {
      expect(security).toEqual([{ [url.startsWith('/api/respond/') ? 'respondent' : 'member']: [] }]);
    }
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(document.info.description).toContain('There are no API keys and no tokens in this version');
  });

  test('Says in words what each operation does, and files it under a heading that is explained', () => {
    const headings = document.tags.map(({ name }) => name);
    for (const { told, summary, tags = [], url } of operations) {
      expect(`${told}: ${summary ?? ''}`).toMatch(/: [A-Z].{9,}$/);
      expect(tags.map((tag) => headings.includes(tag))).toEqual([true]);
      expect(`${told} ${tags[0]?.startsWith('Respond')}`).toBe(`${told} ${url.startsWith('/api/respond/')}`);
    }
    expect(new Set(operations.flatMap(({ tags = [] }) => tags))).toEqual(new Set(headings));
  });

  test('Tells every answer: one result with its shape, and the problems', () => {
    for (const { told, responses, requestBody, parameters = [] } of operations) {
      const results = Object.entries(responses).filter(([code]) => code.startsWith('2'));
      expect(`${told} ${results.length}`).toBe(`${told} 1`);
      for (const [code, { description, content }] of results) {
        expect(description).toMatch(/\.$/);
        expect(`${told} ${content !== undefined}`).toBe(`${told} ${code !== '204'}`);
      }
      const refused = Object.entries(responses).filter(([, one]) => one.$ref);
      const named = refused.map(([code]) => code);
      expect(named).toEqual(expect.arrayContaining(['401', '403', '409', '429', '503']));
      expect(named.includes('415')).toBe(requestBody !== undefined);
      expect(named.includes('404')).toBe(parameters.some((one) => one.in === 'path'));
      for (const [code, { $ref }] of refused) {
        expect(Object.keys(document.components.responses)).toContain($ref?.replace('#/components/responses/', ''));
        expect($ref).toContain(code);
      }
    }
  });

  test('Holds only schemas that are valid JSON Schema, and names every part of an address', () => {
    const ajv = addFormats.default(new Ajv2020({ strict: false }));
    ajv.addFormat('binary', true);
    for (const { told, url, parameters = [], requestBody, responses } of operations) {
      const inPath = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      expect(`${told} ${inPath.sort()}`).toBe(
        `${told} ${[...url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()}`,
      );
      const contents = [requestBody?.content ?? {}, ...Object.values(responses).map(({ content }) => content ?? {})];
      const schemas = contents.flatMap((content) => Object.values(content).map(({ schema }) => schema));
      for (const schema of [...schemas, ...parameters.map((one) => one.schema)]) {
        expect(() => ajv.compile(schema), told).not.toThrow();
      }
    }
  });

  test('Shows a problem document as the server sends it', async () => {
    const ajv = addFormats.default(new Ajv2020({ strict: false }));
    const isProblem = ajv.compile({ ...document.components.schemas.Problem, additionalProperties: false });
    const headers = { cookie: stage.cookies.owner, origin: stage.services.config.publicUrl };
    const sent = { method: 'POST', url: '/api/vendors', headers, payload: { nome: 'x' } } as const;
    const answer = await stage.app.inject(sent);
    expect(answer.statusCode).toBe(400);
    expect(isProblem(answer.json()), JSON.stringify(isProblem.errors)).toBe(true);
    expect(answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/name', '/nome']);
  });

  test('Holds nothing a vendor must not know', () => {
    const respondent = Object.entries(document.paths).filter(([url]) => url.startsWith('/api/respond/'));
    expect(respondent.length).toBeGreaterThan(20);
    // Advice may name the regulator's finding; advice.test.ts holds what else it may not.
    const beside = JSON.stringify(respondent, (key, value) => (key === 'advice' ? undefined : value));
    expect(beside).not.toMatch(/weight|points|knockout|remark|finding|"score"/i);
  });
});
