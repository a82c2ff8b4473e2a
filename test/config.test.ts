import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../server/config.ts';
import { ConfigError } from '../server/config-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'kantoku-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const base = { DATA_DIR: folder, APP_SECRET: 'x'.repeat(32) };

test('an empty environment is enough for one machine', () => {
  const config = readConfig({ DATA_DIR: join(folder, 'fresh') });
  expect(config).toMatchObject({
    ...{ host: '127.0.0.1', port: 3000, publicUrl: 'http://localhost:3000', databaseUrl: undefined },
    ...{ mailUrl: undefined, trustProxy: false },
  });
  expect(config.secret.length).toBeGreaterThanOrEqual(64);
  expect(statSync(join(folder, 'fresh', 'secret')).mode & 0o777).toBe(0o600);
  expect(readConfig({ DATA_DIR: join(folder, 'fresh') }).secret).toBe(config.secret);
});

describe('a value that cannot work is refused with what to write instead', () => {
  test.each([
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'kantoku.example.jp'],
    ['PUBLIC_URL', 'https://example.jp/kantoku'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', 'everybody'],
    ['APP_SECRET', 'short'],
    ['APP_SECRET_FILE', '/nowhere/secret'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_APP_URL', 'localhost'],
    ['MAIL_URL', 'mail.example.jp:587'],
    ['LOG_LEVEL', 'loud'],
    ['CLAMD_HOST', 'clamav.example.jp'],
    ['CLAMD_HOST', 'clamav.example.jp:0'],
  ])('%s=%s', (name, value) => {
    const read = () => readConfig({ ...base, [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new RegExp(`^${name}.*[ぁ-ん].*/ [a-z]`, 's'));
  });
});

test.each([
  [{ CLAMD_SOCKET: '/run/clamav/clamd.ctl' }, { path: '/run/clamav/clamd.ctl' }],
  [{ CLAMD_HOST: 'clamav:3310' }, { host: 'clamav', port: 3310 }],
  [{ CLAMD_HOST: '[::1]:3310' }, { host: '::1', port: 3310 }],
  [{}, undefined],
])('the virus scanner of %j', (env, clamd) => {
  expect(readConfig({ ...base, ...env }).clamd).toEqual(clamd);
});

test('two places for one virus scanner are refused', () => {
  expect(() => readConfig({ ...base, CLAMD_SOCKET: '/x', CLAMD_HOST: 'y:1' })).toThrow(/CLAMD_SOCKET, CLAMD_HOST/);
});

test('an own database needs an own secret', () => {
  const url = 'postgres://owner:hidden@localhost/kantoku';
  expect(() => readConfig({ DATA_DIR: folder, DATABASE_URL: url })).toThrow(/APP_SECRET.*openssl rand/s);
  expect(readConfig({ ...base, DATABASE_URL: url }).databaseUrl).toBe(url);
});

test('the secret may come from a file', () => {
  const file = join(folder, 'mounted');
  writeFileSync(file, `${'s'.repeat(40)}\n`);
  expect(readConfig({ DATA_DIR: folder, APP_SECRET_FILE: file }).secret).toBe('s'.repeat(40));
});

test('an address with a password is never repeated in a message', () => {
  expect(() => readConfig({ ...base, DATABASE_URL: 'mysql://owner:hidden@localhost/x' })).not.toThrow(/hidden/);
});

test.each([
  ['', false],
  ['0', false],
  ['1', 1],
  ['10.0.0.0/8, ::1', '10.0.0.0/8, ::1'],
])('TRUST_PROXY=%j', (text, trusted) => {
  expect(readConfig({ ...base, TRUST_PROXY: text }).trustProxy).toBe(trusted);
});

test('.env.example names every variable, and no other', () => {
  const known = [...readFileSync('server/config.ts', 'utf8').matchAll(/env\.([A-Z_]+)/g)].map(([, name]) => name);
  const shown = [...readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(shown.toSorted()).toEqual([...new Set(known)].toSorted());
});
