import puppeteer, { type Browser } from 'puppeteer';
import { AppError } from '../../errors.ts';
import { type Enclosure, findEnclosure, type Isolation } from './isolation.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** A browser process with everything needed to be rid of it. */
export type Launched = {
  readonly browser: Browser;
  readonly pid: number;
  readonly isolation: Isolation;
  /** SIGKILLs the whole process group; no page can hold it up. */
  kill(): void;
};

/**
 * Nothing resolves, nothing is reached, nothing is asked for in the background. The last feature would start a spare
 * renderer process for every page; we keep our own.
 */
const NO_NETWORK: readonly string[] = [
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-quic',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-features=Prerender2,SpeculationRulesPrefetchFuture,WebTransport,SpareRendererForSitePerProcess',
];
/** Glyph positions do not depend on the screen; no GPU process to crash. */
const PRINTING: readonly string[] = ['--font-render-hinting=none', '--disable-gpu'];

/** Throws AppError 503 `browser_failed` when the browser does not start in any enclosure. */
export async function launchBrowser(
  browserPath: string,
  protocolTimeoutMs: number,
  enclosure: Enclosure = findEnclosure(browserPath),
): Promise<Launched> {
  try {
    return await launchWith(browserPath, enclosure, true, protocolTimeoutMs);
  } catch (cause) {
    if (!refusesSandbox(cause)) throw browserFailed(cause);
  }
  try {
    return await launchWith(browserPath, enclosure, false, protocolTimeoutMs);
  } catch (cause) {
    throw browserFailed(cause);
  }
}

async function launchWith(
  browserPath: string,
  enclosure: Enclosure,
  sandbox: boolean,
  protocolTimeout: number,
): Promise<Launched> {
  const workspace = createWorkspace(enclosure.owner);
  try {
    // `env` finds the commands of the enclosure.
    const [executablePath, ...prefix] =
      enclosure.prefix.length > 0 ? ['/usr/bin/env', ...enclosure.prefix, browserPath] : [browserPath];
    const browser = await puppeteer.launch({
      executablePath: executablePath!,
      args: [...prefix, ...(await browserArguments(workspace, sandbox))],
      ignoreDefaultArgs: true,
      pipe: true,
      env: environment(workspace),
      protocolTimeout,
      timeout: 20_000,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    return track(browser, workspace, { account: enclosure.account, network: enclosure.network, sandbox });
  } catch (error) {
    workspace.remove();
    throw error;
  }
}

async function browserArguments(workspace: Workspace, sandbox: boolean): Promise<string[]> {
  const defaults = await puppeteer.defaultArgs({ headless: true, args: [...NO_NETWORK, ...PRINTING] });
  const own = [`--user-data-dir=${workspace.profile}`, ...(sandbox ? [] : ['--no-sandbox'])];
  return [...own, ...defaults.filter((argument) => argument !== 'about:blank'), 'about:blank'];
}

/** Nothing of our own environment: it holds the secrets. */
function environment(workspace: Workspace): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
    HOME: workspace.profile,
    FONTCONFIG_FILE: workspace.fontConfig,
    LANG: 'C.UTF-8',
    TZ: 'Asia/Tokyo',
  };
}

function track(browser: Browser, workspace: Workspace, isolation: Isolation): Launched {
  const child = browser.process()!;
  const pid = child.pid!;
  const kill = () => killGroup(pid);
  process.once('exit', kill);
  child.once('exit', () => {
    process.removeListener('exit', kill);
    kill();
    workspace.remove();
  });
  return { browser, pid, isolation, kill };
}

function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

function refusesSandbox(cause: unknown): boolean {
  return cause instanceof Error && /sandbox/i.test(cause.message);
}

function browserFailed(cause: unknown): AppError {
  return new AppError(
    503,
    'browser_failed',
    {
      ja: 'PDFを作成するブラウザを起動できませんでした。メモリと /tmp の空きを確かめ、もう一度お試しください。続く場合は Chromium を入れ直してください。',
      en: 'The browser that prints the PDF did not start. Check free memory and space in /tmp and try again; if it persists, reinstall Chromium.',
    },
    { cause },
  );
}
