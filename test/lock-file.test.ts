import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Entry = { resolved?: string; optionalDependencies?: Record<string, string> };
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> };

test('the lock file holds the optional packages of every platform, or npm ci refuses it', () => {
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !foldersAbove(path).some((folder) => lock.packages[folder + name]),
    ),
  );
  expect(missing).toEqual([]);
});

test('the lock file names no registry, so that a mirror works as well', () => {
  expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved)).toEqual([]);
});

/** Where Node looks for a dependency of the package at `path`: its own node_modules, then those of each parent. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/node_modules/');
  const parents = parts.map(
    (_, index) => `${parts.slice(0, parts.length - index).join('/node_modules/')}/node_modules/`,
  );
  return [...parents, 'node_modules/'].map((folder) => folder.replace(/^\//, ''));
}
