import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { securityHeaders } from '../../server/plugins/security-headers.ts';
import { buildStage, type Stage } from './stage.ts';

let stage: Stage;
let port: number;
beforeAll(async () => {
  stage = await buildStage();
  await stage.app.listen({ host: '127.0.0.1', port: 0 });
  port = (stage.app.server.address() as { port: number }).port;
});
afterAll(() => stage.close());

const policy = securityHeaders['content-security-policy'] ?? '';

describe('Headers', () => {
  test('The policy allows nothing from elsewhere and nothing inline', () => {
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  test('Every answer to every route carries them, whatever its status', async () => {
    const seen = new Set<number>();
    for (const actor of ['anonymous', 'owner', 'auditor', 'respondent'] as const) {
      for (const { method, url } of stage.app.declaredRoutes.filter((route) => route.url !== '/sign-out')) {
        const answer = await stage.app.inject({
          method: method as 'GET',
          url: url.replace('*', 'kantoku.css').replace(/:(\w+)/g, 'x'),
          headers: { cookie: stage.cookies[actor], origin: stage.services.config.publicUrl },
        });
        seen.add(answer.statusCode);
        for (const [name, value] of Object.entries(securityHeaders)) {
          expect(`${method} ${url} ${name}: ${answer.headers[name]}`).toBe(`${method} ${url} ${name}: ${value}`);
        }
        expect(answer.headers.server ?? answer.headers['x-powered-by']).toBeUndefined();
      }
    }
    for (const status of [200, 303, 400, 401, 403, 404]) expect([...seen]).toContain(status);
    expect([...seen]).not.toContain(500);
  });

  test('So do answers to what never reaches a route', async () => {
    const requests = {
      'an unknown page': 'GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n',
      'an unreadable address': 'GET /%E0%A4%A HTTP/1.1\r\nHost: x\r\n\r\n',
      'something that is not HTTP': 'HELLO\r\n\r\n',
      'a header that is too long': `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`,
      'an unknown method': 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n',
      'a body that is too large': `POST /sign-in HTTP/1.1\r\nHost: x\r\nOrigin: ${stage.services.config.publicUrl}\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n`,
    };
    for (const [name, request] of Object.entries(requests)) {
      const text = await raw(request);
      expect(`${name}: ${text.slice(0, 12)}`).toMatch(/: HTTP\/1.1 4\d\d/);
      for (const [header, value] of Object.entries(securityHeaders))
        expect(text.toLowerCase()).toContain(`${header}: ${value}`.toLowerCase());
    }
  });

  test('Pages and JSON are never kept by caches; assets are kept for ever', async () => {
    for (const url of ['/sign-in', '/account', '/api/vendors', '/nowhere', '/api/nowhere']) {
      const answer = await stage.app.inject({ url, headers: { cookie: stage.cookies.owner } });
      expect(`${url} ${answer.headers['cache-control']}`).toBe(`${url} no-store`);
    }
    expect((await stage.app.inject('/assets/kantoku.css')).headers['cache-control']).toContain('immutable');
  });

  test('Session cookies are Secure, HttpOnly, __Host- and SameSite', async () => {
    const { app } = stage;
    const end = await app.inject({
      ...{
        method: 'POST',
        url: '/sign-out',
        headers: { cookie: stage.cookies.auditor, origin: stage.services.config.publicUrl },
      },
    });
    const cookies = [end.headers['set-cookie']].flat().map(String);
    expect(cookies).toHaveLength(2);
    for (const text of cookies)
      expect(text).toMatch(/^__Host-[\w-]+=;.*Path=\/;.*HttpOnly; Secure; SameSite=(Lax|Strict)/);
  });

  test('Problems speak the language that was asked for', async () => {
    const ja = await stage.app.inject({ url: '/api/nowhere' });
    const en = await stage.app.inject({ url: '/api/nowhere', headers: { 'accept-language': 'en-GB,en;q=0.9' } });
    expect(ja.json().title).toMatch(/見つかりませんでした/);
    expect(en.json().title).toMatch(/could not be found/);
    expect([ja.headers['content-language'], en.headers['content-language']]).toEqual(['ja', 'en']);
    expect((await stage.app.inject('/nowhere?lang=en')).body).toContain('<html lang="en">');
  });
});

test('No template holds inline script or style, raw output or unquoted attributes', () => {
  const root = new URL('../../templates/', import.meta.url).pathname;
  const files = ['layouts', 'partials', 'pages'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.hbs'))
      .map((name) => join(root, folder, name)),
  );
  expect(files.length).toBeGreaterThan(40);
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const bad of [
      /<style/i,
      /<script(?![^>]*\bsrc=)/i,
      /\sstyle\s*=/i,
      /\son\w+\s*=\s*["{]/i,
      /javascript:/i,
      /\{\{\{|\{\{&/,
      /\s[\w-]+=\{\{/,
    ]) {
      expect(`${file} ${bad.exec(text)?.[0] ?? ''}`).toBe(`${file} `);
    }
  }
});

function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let text = '';
    socket.setTimeout(1_500, () => socket.destroy());
    socket.on('data', (bytes) => {
      text += bytes.toString();
    });
    socket.on('close', () => resolve(text));
    socket.on('error', (error: Error & { code?: string }) =>
      error.code === 'ECONNRESET' ? resolve(text) : reject(error),
    );
  });
}
