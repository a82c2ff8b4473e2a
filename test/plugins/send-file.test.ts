import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { sendFile } from '../../server/plugins/send-file.ts';

async function sent(name: string, bytes: string | Uint8Array) {
  const app = Fastify();
  app.get('/', (_request, reply) => sendFile(reply, 'application/octet-stream', { name, bytes }));
  return app.inject('/');
}

it('names a file as it is called, also where a program reads ASCII only', async () => {
  const plain = await sent("Vendor's answers (1).pdf", 'x');
  expect(plain.headers['content-disposition']).toBe(`attachment; filename="Vendor's answers (1).pdf"`);
  const japanese = await sent('回答(控え).pdf', 'x');
  expect(japanese.headers['content-disposition']).toBe(
    `attachment; filename="__(__).pdf"; filename*=UTF-8''%E5%9B%9E%E7%AD%94%28%E6%8E%A7%E3%81%88%29.pdf`,
  );
});

it('lets no name end the header or its value', async () => {
  const { headers } = await sent('a"; x="b\\.pdf', 'x');
  expect(headers['content-disposition']).toBe(
    `attachment; filename="a_; x=_b_.pdf"; filename*=UTF-8''a%22%3B%20x%3D%22b%5C.pdf`,
  );
});

it('sends exactly the bytes of a file that is part of a larger piece of memory, kept by nobody on the way', async () => {
  const memory = new Uint8Array([1, 2, 3, 4, 5]);
  const { rawPayload, headers } = await sent('a.bin', memory.subarray(1, 4));
  expect([...rawPayload]).toEqual([2, 3, 4]);
  expect(headers['cache-control']).toBe('no-store');
});
