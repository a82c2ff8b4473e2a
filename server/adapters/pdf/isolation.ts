import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';

/**
 * What stands between a page and the world. Best first, each step is given up only where the system refuses it:
 * 1. the browser runs under an account of its own (when we are root), in an empty network namespace, sandbox on;
 * 2. no namespace: dead proxy and no name resolution in its place;
 * 3. no sandbox: only where Chromium refuses to start with it.
 * JavaScript off, request interception and the content security policy hold on every step.
 * Measured: request interception alone lets WebSocket, WebRTC and prefetch out; the namespace stops everything.
 */
export type Isolation = {
  readonly account: 'own' | 'shared';
  readonly network: 'empty-namespace' | 'dead-proxy';
  readonly sandbox: boolean;
};

/** How to start the browser: `command` is executed with `prefix` before the browser's path. */
export type Enclosure = { readonly prefix: readonly string[]; readonly owner: number | undefined } & Omit<
  Isolation,
  'sandbox'
>;

/** An account nobody else uses: without a name, a home, a shell or any file of the application. */
const RENDERER_ACCOUNT = 64117;

/** The kernel kills the browser when we die, however we die. */
const DIE_WITH_PARENT = ['--pdeathsig', 'KILL', '--no-new-privs'];
const SHARED_ACCOUNT = ['setpriv', ...DIE_WITH_PARENT];
const OWN_ACCOUNT = [
  'setpriv',
  `--reuid=${RENDERER_ACCOUNT}`,
  `--regid=${RENDERER_ACCOUNT}`,
  '--clear-groups',
  ...DIE_WITH_PARENT,
];
/** No interface but a loopback that is down; and its own process ids, so that nothing it started outlives it. */
const EMPTY_NAMESPACES = ['--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
const ENCLOSED_BY_USER = ['unshare', '--map-current-user', ...EMPTY_NAMESPACES];
const ENCLOSED_BY_ROOT = ['unshare', ...EMPTY_NAMESPACES];

/** Tries the enclosures from the strongest to none and returns the first in which the browser may be executed. */
export function findEnclosure(browserPath: string): Enclosure {
  return candidates().find((candidate) => works(candidate, browserPath)) ?? NOTHING;
}

/** One line for the log and /readyz; says so while no browser has been started yet. */
export function describe(isolation: Isolation | undefined): string {
  if (!isolation) return 'browser not started';
  return [
    `account=${isolation.account}`,
    `network=${isolation.network}`,
    `sandbox=${isolation.sandbox ? 'on' : 'off'}`,
    'javascript=off',
    'requests=denied',
  ].join(' ');
}

/** For systems that refuse everything else: what the browser's own switches can do. */
export const NOTHING: Enclosure = { prefix: [], owner: undefined, account: 'shared', network: 'dead-proxy' };

function candidates(): Enclosure[] {
  if (process.platform !== 'linux') return [];
  const network = 'empty-namespace';
  const shared: Enclosure = { ...NOTHING, prefix: SHARED_ACCOUNT };
  if (process.getuid?.() !== 0)
    return [{ ...shared, prefix: [...SHARED_ACCOUNT, ...ENCLOSED_BY_USER], network }, shared];
  const own: Enclosure = { prefix: OWN_ACCOUNT, owner: RENDERER_ACCOUNT, account: 'own', network: 'dead-proxy' };
  return [
    { ...own, prefix: [...OWN_ACCOUNT, ...ENCLOSED_BY_USER], network },
    { ...own, prefix: [...SHARED_ACCOUNT, ...ENCLOSED_BY_ROOT, ...OWN_ACCOUNT], network },
    own,
    shared,
  ];
}

function works(candidate: Enclosure, browserPath: string): boolean {
  const [command, ...rest] = [...candidate.prefix, 'test', '-x', browserPath];
  const { status } = spawnSync(command!, rest, {
    stdio: 'ignore',
    timeout: 5_000,
    killSignal: constants.signals.SIGKILL,
  });
  return status === 0;
}
