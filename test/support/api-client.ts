import request from 'supertest';
import type { TestApp } from './app.ts';

/** A program that talks to the JSON API over a real connection, with the cookie of somebody and the header every change needs. */
export type ApiClient = ReturnType<typeof apiClient>;

/** Starts listening on a free port of 127.0.0.1; resolves to the address. */
export function listening({ app }: TestApp): Promise<string> {
  return app.listen({ host: '127.0.0.1', port: 0 });
}

export function apiClient(address: string, { services }: TestApp, cookie: string) {
  const { publicUrl } = services.config;
  const change = (method: 'post' | 'put' | 'delete') => (url: string, body?: object) => {
    const asked = request(address)[method](url).set('cookie', cookie).set('origin', publicUrl);
    return body === undefined ? asked : asked.send(body);
  };
  return {
    get: (url: string) => request(address).get(url).set('cookie', cookie),
    post: change('post'),
    put: change('put'),
    delete: change('delete'),
  };
}

/** The JSON pointers of what a problem document asks to mend. */
export function pointersOf({ body }: { body: { errors?: { pointer: string }[] } }): string[] {
  return (body.errors ?? []).map(({ pointer }) => pointer);
}
