import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { inPath, root, runOutside, say, stop } from './shell.mjs';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const MAC_BROWSER = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Finds a browser, or installs one; its path goes into `env`, so that every part uses the same. */
export function provideBrowser(env, needed) {
  if (findBrowser(env)) return;
  say('PDF 用のブラウザー（Chromium）をインストールしています…', 'Installing a browser (Chromium) for the PDFs…');
  if (process.getuid?.() === 0 && inPath('apt-get')) {
    runOutside('apt-get', ['update', '-qq']);
    runOutside('apt-get', ['install', '-qq', '-y', '--no-install-recommends', 'chromium']);
  }
  if (!findBrowser(env))
    runOutside('node', [
      join(root, 'node_modules/puppeteer/lib/puppeteer/node/cli.js'),
      'browsers',
      'install',
      'chrome',
    ]);
  if (findBrowser(env)) return;
  const text = [
    'Chrome または Chromium が見つからず、インストールもできませんでした。インストールするか、PUPPETEER_EXECUTABLE_PATH に場所を指定してください。',
    'No Chrome or Chromium was found, and none could be installed. Install one, or give its place in PUPPETEER_EXECUTABLE_PATH.',
  ];
  needed ? stop(...text) : say(...text);
}

/** Puppeteer finds its own cache by itself. */
function findBrowser(env) {
  if (env.PUPPETEER_EXECUTABLE_PATH) return true;
  const found = BROWSERS.map(inPath).find(Boolean) ?? (existsSync(MAC_BROWSER) ? MAC_BROWSER : undefined);
  if (found) env.PUPPETEER_EXECUTABLE_PATH = found;
  return (
    Boolean(found) || existsSync(join(env.PUPPETEER_CACHE_DIR ?? join(homedir(), '.cache', 'puppeteer'), 'chrome'))
  );
}
