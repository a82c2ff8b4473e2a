import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { buildTestApp, type TestApp } from '../support/app.ts';
import { freePort } from '../support/free-port.ts';
import { openBrowser } from '../support/test-browser.ts';

/** The whole server on a port of its own, and a real Chromium in front of it. */
export type Stage = TestApp & {
  url: string;
  browser: Browser;
  /** A browser of its own (cookies, language); everything that went wrong in it is in `complaints`. */
  visit(options?: BrowserContextOptions): Promise<Visit>;
};
export type Visit = { page: Page; complaints: string[]; close(): Promise<void> };

export async function openStage(env: NodeJS.ProcessEnv = {}): Promise<Stage> {
  const port = await freePort();
  const test = await buildTestApp({ PORT: String(port), ...env });
  await test.app.listen({ port, host: '127.0.0.1' });
  const browser = await openBrowser();
  const url = test.services.config.publicUrl;
  return {
    ...test,
    url,
    browser,
    visit: (options) => visit(browser, url, options),
    close: async () => {
      await browser.close();
      await test.close();
    },
  };
}

async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo', baseURL: url, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  // The console is where Chromium reports scripts that failed and everything the content security policy refused.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
      complaints.push(`outside: ${request.url()}`);
  });
  return { page, complaints, close: () => context.close() };
}

/** Saves what a person sees under SCREENSHOTS, when that is set. */
export async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
