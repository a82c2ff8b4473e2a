import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../server/plugins/server-options.ts';
import type { TestApp } from '../support/app.ts';
import { startApp } from './stage.ts';

/** The same server with a tenth of the patience. */
const quick = { headers: 1_000, body: 2_000, request: 4_000, silence: 2_500, keepAlive: 1_000 };
const SLACK = 1_700;

let slow: TestApp;
let port: number;
beforeAll(async () => {
  slow = await startApp(quick);
  await slow.app.listen({ host: '127.0.0.1', port: 0 });
  port = (slow.app.server.address() as { port: number }).port;
});
afterAll(() => slow.close());

const form = (extra = '') =>
  `POST /sign-in HTTP/1.1\r\nHost: x\r\nOrigin: ${slow.services.config.publicUrl}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n${extra}\r\n`;

describe.concurrent('Connections that take their time are closed in time', () => {
  test.each<[string, string, string, number]>([
    ['a header a byte at a time', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ', 'a', quick.headers],
    ['no header at all', '', '', quick.silence],
    ['half a request line', 'GET /', '', quick.headers],
  ])('%s', async (_name, start, drip, limit) => {
    const { after } = await held(start, drip);
    expect(after).toBeLessThan(limit + SLACK);
  });

  test('a form a byte at a time: told so, then closed', async () => {
    const { after, text } = await held(form(), 'a');
    expect(after).toBeGreaterThan(quick.body - 200);
    expect(after).toBeLessThan(quick.body + SLACK);
    expect(text).toMatch(/^HTTP\/1.1 408 /);
    expect(text).toContain('送信に時間がかかりすぎた');
  });

  test('an upload a byte at a time', async () => {
    const multipart = form()
      .replace('application/x-www-form-urlencoded', 'multipart/form-data; boundary=x')
      .replace('/sign-in', '/nowhere');
    expect((await held(multipart, 'a')).after).toBeLessThan(quick.request + SLACK);
  });

  test('a form nobody reads any more, because it was refused', async () => {
    const { text } = await held(form().replace('/sign-in', '/account/profile'), 'a');
    expect(text).toMatch(/^HTTP\/1.1 401 /);
  });

  test('a connection kept open after its answer', async () => {
    const { after, text } = await held('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n', '');
    expect(text).toMatch(/^HTTP\/1.1 200 /);
    expect(after).toBeLessThan(quick.keepAlive + SLACK + 1_000);
  });
});

describe('Connections do not pile up', () => {
  test('an answer that is never read', async () => {
    const request = 'GET /assets/fonts/400Regular/BIZUDPGothic_400Regular.ttf HTTP/1.1\r\nHost: x\r\n\r\n';
    const socket = connect(port, '127.0.0.1', () => socket.pause().write(request.repeat(4)));
    socket.on('error', () => {});
    // Node looks twice: what was still moving when the time was up gets it once more.
    await new Promise((resolve) => setTimeout(resolve, 2 * quick.silence + SLACK));
    expect(await open()).toBe(0);
    socket.destroy();
  });

  test('Two hundred slow connections do not keep others waiting', async () => {
    const sockets = await Promise.all(Array.from({ length: 200 }, () => opened(form())));
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
    expect(await open()).toBeGreaterThan(200);
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    expect(await open()).toBe(0);
  });
});

test('The real limits are set', async () => {
  const real = await startApp();
  const { server } = real.app;
  expect(limits).toMatchObject({ headers: 10_000, body: 20_000, request: 120_000, silence: 30_000 });
  expect([server.headersTimeout, server.requestTimeout, server.timeout, server.keepAliveTimeout]).toEqual([
    10_000, 120_000, 30_000, 10_000,
  ]);
  await real.close();
});

/** Sends `start`, then `drip` every 100 ms; resolves when the server has closed, with what it said and how long it took. */
function held(start: string, drip: string): Promise<{ after: number; text: string }> {
  return new Promise((resolve) => {
    const began = performance.now();
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(start));
    const timer = setInterval(() => drip && socket.writable && socket.write(drip), 100);
    socket.on('data', (bytes) => {
      text += bytes.toString();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      resolve({ after: performance.now() - began, text });
    });
  });
}

function opened(start: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(start);
      socket.on('error', () => {}).resume();
      resolve(socket);
    }).once('error', reject);
  });
}

function open(): Promise<number> {
  return new Promise((resolve, reject) =>
    slow.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}
