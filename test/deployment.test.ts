import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../server/config.ts';

type Compose = { services: Record<string, { environment?: Record<string, string>; ports?: string[] }> };
const compose = parse(readFileSync('docker-compose.yml', 'utf8')) as Compose;
const dockerfile = readFileSync('Dockerfile', 'utf8');

test('what docker-compose sets is understood by the program', () => {
  const environment = compose.services.app?.environment ?? {};
  const known = readFileSync('.env.example', 'utf8');
  for (const name of Object.keys(environment)) expect(known).toMatch(new RegExp(`^# ${name}=`, 'm'));
  const filled = Object.entries(environment).map(([name, value]) => [
    name,
    value.replace(/\$\{[^}]*\}/, 'x'.repeat(32)),
  ]);
  expect(readConfig(Object.fromEntries(filled))).toMatchObject({
    publicUrl: 'http://localhost:3000',
    mailUrl: 'smtp://mail:1025',
  });
});

test('nothing is published beyond this machine', () => {
  const ports = Object.values(compose.services).flatMap((service) => service.ports ?? []);
  expect(ports.length).toBeGreaterThan(0);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test('the image copies what exists, lets it in, and runs without root', () => {
  const allowed = readFileSync('.dockerignore', 'utf8');
  const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));
  expect(copied).toContain('server');
  for (const name of copied) {
    expect(existsSync(name), name).toBe(true);
    expect(allowed).toMatch(new RegExp(`^!${name.replaceAll('.', '\\.')}$`, 'm'));
  }
  expect(dockerfile).toMatch(/^USER node$/m);
});
