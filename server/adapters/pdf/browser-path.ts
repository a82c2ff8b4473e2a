import { accessSync, constants } from 'node:fs';
import puppeteer from 'puppeteer';
import { AppError } from '../../errors.ts';

/** Where Chrome or Chromium lands when a person or a package manager installs it. */
const INSTALLED: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/local/bin/chromium',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Path of the browser that prints: the configured one, else an installed one, else puppeteer's own cache.
 * Throws AppError 503 `no_browser`, saying how to install one.
 */
export async function findBrowser(configured: string | undefined): Promise<string> {
  if (configured) {
    if (isExecutable(configured)) return configured;
    throw configuredButMissing(configured);
  }
  const found = INSTALLED.find(isExecutable) ?? (await cachedByPuppeteer());
  if (found) return found;
  throw noBrowser();
}

async function cachedByPuppeteer(): Promise<string | undefined> {
  try {
    const path = await puppeteer.executablePath();
    return isExecutable(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this process may run the program at `path`. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function configuredButMissing(path: string): AppError {
  return new AppError(503, 'no_browser', {
    ja: `PUPPETEER_EXECUTABLE_PATH に指定された「${path}」を実行できません。Chrome または Chromium の正しいパスを指定するか、この変数を外してください。`,
    en: `PUPPETEER_EXECUTABLE_PATH names "${path}", which cannot be executed. Give the path of Chrome or Chromium, or remove the variable.`,
  });
}

function noBrowser(): AppError {
  return new AppError(503, 'no_browser', {
    ja: 'PDFの作成に使う Chrome または Chromium が見つかりません。Debian/Ubuntu では「apt-get install chromium」、その他の環境では「npx puppeteer browsers install chrome」で導入するか、PUPPETEER_EXECUTABLE_PATH にパスを指定してください。',
    en: 'No Chrome or Chromium was found to print the PDF. Install one (Debian/Ubuntu: "apt-get install chromium"; elsewhere: "npx puppeteer browsers install chrome") or give its path in PUPPETEER_EXECUTABLE_PATH.',
  });
}
