import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inside, root, runOutside, say, stop, windows } from './shell.mjs';

/** Installs the packages of the lock file, unless they are there, and makes sure that Node 24 is among them. */
export function providePackages() {
  if (!packagesMatch()) installPackages();
  requireNode24();
}

/** npm notes what it has installed; compared with the lock file this takes milliseconds. Foreign platforms are optional. */
function packagesMatch() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (!installed || !wanted) return false;
  const present = Object.entries(installed).every(([path, entry]) => wanted[path]?.version === entry.version);
  return present && Object.entries(wanted).every(([path, entry]) => !path || entry.optional || installed[path]);
}

function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/** With the npm outside of node_modules: `npm ci` removes that folder, and with it the Node we may be running on. */
function installPackages() {
  say(
    '依存パッケージをインストールしています（初回のみ、1〜2 分）…',
    'Installing packages (first time only, 1–2 minutes)…',
  );
  const { status } = runOutside('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
  if (status === 0) return;
  stop(
    'npm ci に失敗しました。上のメッセージとネットワーク・プロキシの設定を確認して、もう一度実行してください。',
    'npm ci failed. Check the messages above and your network or proxy settings, then run this again.',
  );
}

/** `npm run` puts node_modules first: from the second run on we are on that Node ourselves. */
function requireNode24() {
  if (process.execPath.startsWith(join(root, 'node_modules')) && Number.parseInt(process.versions.node, 10) >= 24)
    return;
  if (nodeVersion() >= 24) return;
  runOutside('npm', ['rebuild', 'node', '--loglevel=error']);
  if (nodeVersion() >= 24) return;
  stop(
    'Node 24 を用意できませんでした。npm のインストールスクリプトが禁止されていないか（npm config get ignore-scripts）を確認するか、Node 24 以上をインストールしてください。',
    'Node 24 could not be provided. Check that npm may run install scripts (npm config get ignore-scripts), or install Node 24 or later.',
  );
}

/** Of the `node` a command will get: that of node_modules, else the system's. */
function nodeVersion() {
  const { stdout } = spawnSync('node', ['--version'], {
    encoding: 'utf8',
    shell: windows,
    env: { ...process.env, PATH: inside },
  });
  return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0);
}
