// `node server/cli/setup.mjs <command> [arguments]`: makes a fresh clone ready, then runs the command on Node 24.
// Plain JavaScript without dependencies, because it starts on Node 20 before any package is there.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { provideBrowser } from './setup/browser.mjs';
import { providePackages } from './setup/packages.mjs';
import { inside, root, stop, windows } from './setup/shell.mjs';
import { provideTestPrograms } from './setup/test-programs.mjs';

/** `browser`: needed, or only useful (PDFs fail with a clear message until there is one). `programs`: those only tests use.
 * Arguments go to the last step. */
const COMMANDS = {
  start: { browser: 'useful', steps: ['node server/main.ts'] },
  demo: { browser: 'needed', steps: ['node server/cli/demo.ts'] },
  migrate: { steps: ['node server/cli/migrate.ts'] },
  score: { steps: ['node server/cli/score.ts'] },
  report: { browser: 'needed', steps: ['node server/cli/report.ts'] },
  lint: { steps: ['biome check', 'tsc --noEmit', 'node server/cli/lint.ts'] },
  'lint:questionnaires': { steps: ['node server/cli/lint.ts'] },
  test: {
    browser: 'needed',
    programs: true,
    steps: ['biome check', 'tsc --noEmit', 'node server/cli/lint.ts', 'vitest run'],
  },
  bench: { browser: 'needed', steps: ['node --expose-gc test/bench/bench.ts'] },
};

await main(process.argv[2] ?? '', process.argv.slice(3));

async function main(name, args) {
  const command = COMMANDS[name];
  if (!command) stop(`使い方: npm run <${Object.keys(COMMANDS).join('|')}>`, 'See the README for the commands.');
  providePackages();
  const env = { ...process.env, PATH: inside };
  if (command.browser) provideBrowser(env, command.browser === 'needed');
  if (command.programs) provideTestPrograms();
  for (const [index, step] of command.steps.entries()) {
    const last = index === command.steps.length - 1;
    if (command.steps.length > 1) console.error(`\n— ${step}`);
    const code = await run([...step.split(' '), ...(last ? args : [])], env);
    if (code !== 0) process.exit(code);
  }
}

/** Resolves to the exit code; signals are passed on, and the command decides how to end. */
function run([name, ...args], env) {
  const child = spawn(windows ? name : inFolderOf(name, env), args, {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: windows,
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve) => {
    child.on('error', (error) => stop(`${name}: ${error.message}`, ''));
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, pass);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

function inFolderOf(name, env) {
  return (
    env.PATH.split(delimiter)
      .map((folder) => join(folder, name))
      .find((path) => existsSync(path)) ?? name
  );
}
