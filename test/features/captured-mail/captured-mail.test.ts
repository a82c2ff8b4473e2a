import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { createCaptureFolder } from '../../../server/adapters/mail/capture.ts';
import { withLinks } from '../../../server/features/captured-mail/captured-mail.views.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';

let stage: TestApp | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

test('a captured mail is listed and shown with links that can be followed', async () => {
  stage = await buildTestApp();
  const { app, services } = stage;
  const id = randomUUID();
  await createCaptureFolder(services.config.dataDir, 'localhost').deliver(
    id,
    'invitation',
    letter,
    new Date('2026-04-15T01:00:00Z'),
  );
  const list = await app.inject({ url: '/captured-mail', headers: { host: 'localhost:3000' } });
  expect(list.body).toContain(`<a href="/captured-mail/${id}">回答のお願い</a>`);
  const shown = await app.inject({ url: `/captured-mail/${id}`, headers: { host: '127.0.0.1:3000' } });
  expect(shown.statusCode).toBe(200);
  expect(shown.body).toContain('<a href="http://localhost:3000/v#ktk1_x">http://localhost:3000/v#ktk1_x</a>');
  expect(shown.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('the HTML of a mail is a page of its own, where nothing runs, is fetched or can be filled in', async () => {
  stage = await buildTestApp();
  const { app, services } = stage;
  const [id, old] = [randomUUID(), randomUUID()];
  const folder = createCaptureFolder(services.config.dataDir, 'localhost');
  const html = '<!doctype html><title>x</title><script>alert(1)</script><p style="color:red">HTML</p>';
  await folder.deliver(id, 'invitation', { ...letter, html }, new Date('2026-04-15T01:00:00Z'));
  await folder.deliver(old, 'invitation', letter, new Date('2026-04-15T01:00:00Z'));
  const visit = (url: string, host = 'localhost') => app.inject({ url, headers: { host } });
  expect((await visit(`/captured-mail/${id}`)).body).toContain(
    `<a href="/captured-mail/${id}/html">HTML版を表示する</a>`,
  );
  const shown = await visit(`/captured-mail/${id}/html`);
  expect(shown.body).toBe(html);
  const policies = String(shown.headers['content-security-policy']).split('; ');
  expect(policies).toEqual(
    expect.arrayContaining(["default-src 'none'", "form-action 'none'", "frame-ancestors 'none'"]),
  );
  expect(policies.join()).not.toContain('script-src');
  expect((await visit(`/captured-mail/${id}/html`, 'evil.example')).statusCode).toBe(404);
  expect((await visit(`/captured-mail/${old}`)).body).not.toContain('HTML版');
  expect((await visit(`/captured-mail/${old}/html`)).statusCode).toBe(404);
});

test('a page of the open web that points its name at this machine gets nothing', async () => {
  stage = await buildTestApp();
  const { app } = stage;
  const rebound = await app.inject({ url: '/captured-mail', headers: { host: 'evil.example' } });
  expect(rebound.statusCode).toBe(404);
  const remote = await app.inject({
    url: '/captured-mail',
    headers: { host: 'localhost' },
    remoteAddress: '203.0.113.9',
  });
  expect(remote.statusCode).toBe(404);
});

test.each([{ 'x-forwarded-for': '203.0.113.9' }, { forwarded: 'for=203.0.113.9' }])(
  'a visitor who comes through a tunnel or a proxy on this machine gets nothing (%j)',
  async (headers) => {
    stage = await buildTestApp();
    const { app } = stage;
    const through = await app.inject({ url: '/captured-mail', headers: { host: 'localhost', ...headers } });
    expect(through.statusCode).toBe(404);
  },
);

test.each([{ HOST: '0.0.0.0' }, { PUBLIC_URL: 'https://kantoku.example.jp' }, { MAIL_URL: 'smtp://127.0.0.1:1' }])(
  'with %j there is no such page',
  async (env) => {
    stage = await buildTestApp(env);
    const { app } = stage;
    expect((await app.inject({ url: '/captured-mail', headers: { host: 'localhost' } })).statusCode).toBe(404);
  },
);

test('an address ends before the punctuation that follows it, and only http is a link', () => {
  expect(
    withLinks('次：https://a.example/x#y。（http://b.example/?q=1）javascript:alert(1) https://c.example/z.'),
  ).toEqual([
    { text: '次：', href: '' },
    { text: 'https://a.example/x#y', href: 'https://a.example/x#y' },
    { text: '。（', href: '' },
    { text: 'http://b.example/?q=1', href: 'http://b.example/?q=1' },
    { text: '）javascript:alert(1) ', href: '' },
    { text: 'https://c.example/z', href: 'https://c.example/z' },
    { text: '.', href: '' },
  ]);
});

const letter = {
  to: { name: '田中 花子', address: 'tanaka@vendor.example' },
  subject: '回答のお願い',
  text: 'リンク：http://localhost:3000/v#ktk1_x\n<script>alert(1)</script>\n',
  attachments: [],
};
