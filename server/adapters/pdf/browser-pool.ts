import { findBrowser } from './browser-path.ts';
import type { Isolation } from './isolation.ts';
import { type Launched, launchBrowser } from './launch.ts';
import { residentBytes } from './memory.ts';
import { type BlankPage, openBlankPage } from './page.ts';

/** One document's place in a browser. Exactly one of `leave` and `fail` ends it. */
export type Seat = {
  readonly blank: BlankPage;
  leave(): void;
  /** The browser is not to be trusted any more: kill it. Whoever else sits in it fails too, and retries. */
  fail(): void;
};

export type BrowserPoolConfig = {
  readonly browserPath: string | undefined;
  /** Blank pages kept ready, so that no document waits for a new renderer process. */
  readonly spares: number;
  readonly documentsPerBrowser: number;
  readonly maxBrowserBytes: number;
  readonly protocolTimeoutMs: number;
};

type Running = {
  readonly launched: Launched;
  readonly spares: Promise<BlankPage>[];
  documents: number;
  seated: number;
  retired: boolean;
};

export type BrowserPool = ReturnType<typeof createBrowserPool>;

/** At most one browser takes new documents; a replaced one lives on until its last document is printed. */
export function createBrowserPool(config: BrowserPoolConfig) {
  const alive = new Set<Running>();
  let current: Promise<Running> | undefined;
  let closed = false;
  let isolation: Isolation = { account: 'shared', network: 'dead-proxy', sandbox: true };

  async function take(): Promise<Seat> {
    const running = await currentBrowser();
    running.documents += 1;
    running.seated += 1;
    if (running.documents >= config.documentsPerBrowser) replace(running);
    try {
      const blank = await (running.spares.shift() ?? openBlankPage(running.launched.browser));
      return seat(running, blank);
    } catch (error) {
      discard(running);
      throw error;
    }
  }

  function seat(running: Running, blank: BlankPage): Seat {
    return {
      blank,
      leave: () => void vacate(running, blank),
      fail: () => discard(running),
    };
  }

  async function vacate(running: Running, blank: BlankPage): Promise<void> {
    running.seated -= 1;
    await blank.close().catch(() => discard(running));
    if (residentBytes(running.launched.pid) > config.maxBrowserBytes) replace(running);
    if (running.retired && running.seated === 0) return discard(running);
    if (!running.retired) addSpare(running);
  }

  function currentBrowser(): Promise<Running> {
    if (closed) return Promise.reject(new Error('the browser pool is closed'));
    current ??= start().catch((error: unknown) => {
      current = undefined;
      throw error;
    });
    return current;
  }

  async function start(): Promise<Running> {
    const launched = await launchBrowser(await findBrowser(config.browserPath), config.protocolTimeoutMs);
    isolation = launched.isolation;
    const running: Running = { launched, spares: [], documents: 0, seated: 0, retired: false };
    alive.add(running);
    launched.browser.once('disconnected', () => discard(running));
    for (let count = 0; count < config.spares; count += 1) addSpare(running);
    return running;
  }

  function addSpare(running: Running): void {
    const spare = openBlankPage(running.launched.browser);
    spare.catch(() => discard(running));
    running.spares.push(spare);
  }

  /** The successor starts while the last documents are still printed here. */
  function replace(running: Running): void {
    if (running.retired) return;
    retire(running);
    currentBrowser().catch(() => {
      // The next document asks again and is told why.
    });
  }

  function retire(running: Running): void {
    if (running.retired) return;
    running.retired = true;
    current = undefined;
  }

  function discard(running: Running): void {
    retire(running);
    alive.delete(running);
    running.launched.kill();
  }

  return {
    take,
    async warmUp(): Promise<void> {
      const running = await currentBrowser();
      await Promise.all(running.spares);
    },
    isolation: () => isolation,
    pids: () => [...alive].map((running) => running.launched.pid),
    async close(): Promise<void> {
      closed = true;
      await current?.catch(() => undefined);
      for (const running of alive) discard(running);
    },
  };
}
