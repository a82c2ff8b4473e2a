import { type Browser, chromium } from 'playwright-core';
import { findBrowser, isExecutable } from '../../server/adapters/pdf/browser-path.ts';

/** The same engine without the windows around it: opens a page in a third of the time. */
const LIGHT = '/usr/bin/chromium-headless-shell';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** Chromium as the tests of pages use it; theirs alone, and closed by who opened it. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: isExecutable(LIGHT) ? LIGHT : await findBrowser(undefined),
    args: FLAGS,
    // A browser that does not know UTF-8 cannot read files with Japanese names; a bare system sets no locale.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
}
