import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom. Every folder with source has exactly one rule; a folder without a rule, and a rule without files,
 * fail, so the test cannot pass on nothing. Data flows one way: main → app → plugins, features → db, domain.
 */
const root = fileURLToPath(new URL('..', import.meta.url));

const features = [
  'audit',
  'accounts',
  'organisation',
  'vendors',
  'questionnaires',
  'assessments',
  'messages',
  'rounds',
  'prefills',
  'people',
  'reminders',
  'answers',
  'workbooks',
  'reuse',
  'answer-sheets',
  'respondents',
  'reviews',
  'reports',
  'captured-mail',
  'styleguide',
];
const domainLibraries = ['@marcbachmann/cel-js', 'ajv', 'ajv-formats', 'typebox', 'd3-shape', 'd3-scale', 'yaml'];
const shared = [
  'server/errors.ts',
  'server/services.ts',
  'server/domain',
  'server/setup-error.ts',
  'server/turnstile.ts',
];

type Rule = { folder: string; may: readonly string[]; packages?: readonly string[] };

const rules: readonly Rule[] = [
  {
    folder: 'db',
    may: ['db', 'server/domain/questionnaire', 'server/domain/round', 'server/domain/scoring', 'server/setup-error.ts'],
  },
  { folder: 'server/domain', may: ['server/domain'], packages: domainLibraries },
  { folder: 'server/adapters', may: ['server/adapters', 'db', 'server/config.ts', ...shared] },
  {
    folder: 'server/plugins',
    may: [
      'server/plugins',
      'server/adapters/template-helpers.ts',
      'server/adapters/keys.ts',
      'server/adapters/pdf/browser-path.ts',
      'server/config.ts',
      'db',
      ...shared,
    ],
  },
  { folder: 'server/cli', may: ['server', 'db', 'test/cases'] },
  ...features.map((name, index) => ({
    folder: `server/features/${name}`,
    may: [
      `server/features/${name}`,
      ...features.slice(0, index).map((left) => `server/features/${left}`),
      'server/plugins',
      'server/adapters/keys.ts',
      'server/adapters/template-helpers.ts',
      'server/adapters/queue.ts',
      'server/adapters/report-hash.ts',
      'server/adapters/holidays.ts',
      'server/adapters/tones.ts',
      'server/adapters/mail/capture.ts',
      'server/config.ts',
      'db',
      ...shared,
    ],
  })),
];

describe('the rooms of the house', () => {
  it('has one rule for every folder that holds source, and files for every rule', () => {
    const folders = new Set(sources('server').map((file) => ruleFor(file)?.folder ?? `no rule: ${file}`));
    for (const file of sources('db')) folders.add(ruleFor(file)?.folder ?? `no rule: ${file}`);
    folders.delete('wiring');
    expect([...folders].sort()).toEqual(rules.map((rule) => rule.folder).sort());
  });

  it.each(rules)('$folder imports only what it may', ({ folder, may, packages }) => {
    const wrong = sources(folder.split('/')[0] ?? '')
      .filter((file) => file.startsWith(`${folder}/`))
      .flatMap((file) =>
        importsOf(file)
          .filter((target) =>
            target.startsWith('.') ? !allowed(file, target, may) : packages !== undefined && !packages.includes(target),
          )
          .map((target) => `${file} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('lets features use use cases, not stores, of the features to their left', () => {
    const wrong = sources('server/features').flatMap((file) =>
      importsOf(file)
        .filter(
          (target) =>
            /\/(\w|-)+\.(routes|pages|views)\.ts$/.test(target) &&
            // The style guide shows what the views of others make, as they make it.
            !(featureOf(file) === 'styleguide' && target.endsWith('.views.ts')) &&
            featureOf(file) !== featureOf(resolved(file, target)),
        )
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = sources('server').filter((file) => /process\.env/.test(readFileSync(join(root, file), 'utf8')));
    expect(
      readers.filter(
        (file) =>
          ![
            'server/config.ts',
            'server/main.ts',
            'server/adapters/postgres-server.ts',
            'server/adapters/postgres-cluster.ts',
          ].includes(file) && !file.startsWith('server/cli/'),
      ),
    ).toEqual([]);
  });

  it('keeps the domain free of clock and chance', () => {
    const wrong = sources('server/domain').filter((file) =>
      /Date\.now\(|new Date\(\)|Math\.random\(|from .node:/.test(code(file)),
    );
    expect(wrong).toEqual([]);
  });
});

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** Files directly under server/ wire things together and may import anything. */
function ruleFor(file: string): { folder: string } | undefined {
  if (dirname(file) === 'server') return { folder: 'wiring' };
  return rules.find(({ folder }) => file.startsWith(`${folder}/`));
}

function importsOf(file: string): string[] {
  return [...code(file).matchAll(/(?:^(?:import|export|\}).*?from |^import |import\()'([^']+)'/gm)]
    .map((match) => match[1] ?? '')
    .filter((target) => !target.startsWith('node:'))
    .map((target) =>
      target.startsWith('.')
        ? target
        : target
            .split('/')
            .slice(0, target.startsWith('@') ? 2 : 1)
            .join('/'),
    );
}

function code(file: string): string {
  return readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

function resolved(file: string, target: string): string {
  return relative(root, resolve(root, dirname(file), target));
}

function allowed(file: string, target: string, may: readonly string[]): boolean {
  const to = resolved(file, target);
  return may.some((place) => to === place || to.startsWith(`${place}/`));
}

function featureOf(file: string): string | undefined {
  return /^server\/features\/([^/]+)/.exec(file)?.[1];
}
