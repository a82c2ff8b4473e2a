import type { Isolation } from './isolation.ts';
import type { BlankPage } from './page.ts';
import { type RunningBrowser, type RunningBrowserConfig, startBrowser } from './running-browser.ts';

/** One document's place in a browser. */
export type Seat = {
  readonly blank: BlankPage;
  /** The document is printed. */
  leave(): void;
  /** The browser is not to be trusted any more: kill it. Whoever else sits in it fails too, and retries. */
  fail(): void;
};

export type BrowserPoolConfig = RunningBrowserConfig & {
  readonly documentsPerBrowser: number;
  readonly maxBrowserBytes: number;
};
export type BrowserPool = ReturnType<typeof createBrowserPool>;

type Place = { readonly browser: RunningBrowser; documents: number; seated: number; retired: boolean };

/** At most one browser takes new documents; a replaced one lives on until its last document is printed. */
export function createBrowserPool(config: BrowserPoolConfig) {
  const places = new Set<Place>();
  let current: Promise<Place> | undefined;
  let closed = false;
  let isolation: Isolation | undefined;

  async function openPlace(): Promise<Place> {
    const place = { browser: await startBrowser(config), documents: 0, seated: 0, retired: false };
    isolation = place.browser.isolation;
    places.add(place);
    if (closed) discard(place);
    return place;
  }

  async function currentPlace(): Promise<Place> {
    if (closed) throw new Error('the browser pool is closed');
    current ??= openPlace();
    const opening = current;
    try {
      const place = await opening;
      if (!place.browser.gone) return place;
      discard(place);
    } catch (error) {
      if (current === opening) current = undefined;
      throw error;
    }
    return currentPlace();
  }

  function retire(place: Place): void {
    if (!place.retired) current = undefined;
    place.retired = true;
  }

  function discard(place: Place): void {
    retire(place);
    places.delete(place);
    place.browser.kill();
  }

  /** The successor starts while the last documents are still printed here. */
  function replace(place: Place): void {
    if (place.retired) return;
    retire(place);
    currentPlace().catch(() => {
      // The next document asks again and is told why.
    });
  }

  async function vacate(place: Place, blank: BlankPage): Promise<void> {
    place.seated -= 1;
    await blank.close().catch(() => discard(place));
    if (place.browser.residentBytes() > config.maxBrowserBytes) replace(place);
    if (!place.retired) place.browser.addSpare();
    else if (place.seated === 0) discard(place);
  }

  async function take(): Promise<Seat> {
    const place = await currentPlace();
    place.documents += 1;
    place.seated += 1;
    if (place.documents >= config.documentsPerBrowser) replace(place);
    try {
      const blank = await place.browser.takePage();
      return { blank, leave: () => void vacate(place, blank), fail: () => discard(place) };
    } catch (error) {
      discard(place);
      throw error;
    }
  }

  async function close(): Promise<void> {
    closed = true;
    await current?.catch(() => undefined);
    for (const place of [...places]) discard(place);
  }

  return {
    take,
    close,
    ready: async () => (await currentPlace()).browser.ready(),
    /** Undefined until a browser has been started. */
    isolation: () => isolation,
    pids: () => [...places].map((place) => place.browser.pid),
  };
}
