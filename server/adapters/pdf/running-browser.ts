import { findBrowser } from './browser-path.ts';
import type { Isolation } from './isolation.ts';
import { launchBrowser } from './launch.ts';
import { residentBytes } from './memory.ts';
import { type BlankPage, openBlankPage } from './page.ts';

/** A browser that takes documents, with blank pages kept ready so that none waits for a new renderer process. */
export type RunningBrowser = {
  readonly pid: number;
  readonly isolation: Isolation;
  readonly gone: boolean;
  takePage(): Promise<BlankPage>;
  addSpare(): void;
  /** Resolves when every spare page stands ready. */
  ready(): Promise<unknown>;
  residentBytes(): number;
  /** SIGKILL; doing it again changes nothing. */
  kill(): void;
};

export type RunningBrowserConfig = {
  readonly browserPath: string | undefined;
  readonly spares: number;
  readonly protocolTimeoutMs: number;
};

/** Throws AppError 503 `no_browser` or `browser_failed`. */
export async function startBrowser(config: RunningBrowserConfig): Promise<RunningBrowser> {
  const { browser, pid, isolation, kill } = await launchBrowser(
    await findBrowser(config.browserPath),
    config.protocolTimeoutMs,
  );
  const spares: Promise<BlankPage>[] = [];
  let gone = false;
  function end(): void {
    gone = true;
    kill();
  }
  function addSpare(): void {
    const spare = openBlankPage(browser);
    spare.catch(end);
    spares.push(spare);
  }
  browser.once('disconnected', end);
  for (let count = 0; count < config.spares; count += 1) addSpare();
  return {
    pid,
    isolation,
    get gone() {
      return gone;
    },
    takePage: () => spares.shift() ?? openBlankPage(browser),
    addSpare,
    ready: () => Promise.all(spares),
    residentBytes: () => residentBytes(pid),
    kill: end,
  };
}
