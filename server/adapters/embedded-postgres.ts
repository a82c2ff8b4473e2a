import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createCluster } from './postgres-cluster.ts';
import { placePostgres } from './postgres-place.ts';
import { joinOrStart, leave, type Server } from './postgres-server.ts';
import { secretFile } from './secret-file.ts';

/** `url` is the owner's address. `stop` leaves the server running while another process still uses it. */
export type EmbeddedPostgres = { url: string; stop(): Promise<void> };
/** A server that could not be brought back is tried again after this time, for as long as this process lives. */
const TRY_AGAIN_MS = 5_000;
type Log = { info(text: string): void; error(details: object, text: string): void };

/**
 * Starts PostgreSQL 18 on a free port of 127.0.0.1 with its data under `dataDir`, or joins the one already running
 * there: left over from a killed process, or in use by another one. Whoever stops last shuts it down.
 * @param settings extra `name=value` server settings. Throws SetupError when it cannot be started.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  log: Log,
  settings: readonly string[] = [],
): Promise<EmbeddedPostgres> {
  const place = placePostgres(dataDir);
  const password = secretFile(join(dataDir, 'postgres-password'), 24);
  if (!existsSync(place.cluster)) await createCluster(place, password);
  const first = await joinOrStart(place, { password, settings });
  let current = first;
  const stopping = new AbortController();
  let comingBack: Promise<void> = Promise.resolve();
  watch(first);
  log.info(`PostgreSQL: 127.0.0.1:${first.port}, ${place.cluster}`);
  return { url: `postgres://postgres:${password}@127.0.0.1:${first.port}/postgres`, stop };

  /** The server must outlive its own crashes: it comes back on the same port, so every pool simply reconnects. */
  function watch({ presence, port }: Server): void {
    presence.once('end', () => {
      if (stopping.signal.aborted) return;
      log.error({ port }, 'PostgreSQL has gone away; starting it again');
      comingBack = bringBack(port);
    });
  }

  async function bringBack(port: number): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        current = await joinOrStart(place, { password, settings, port });
        return watch(current);
      } catch (error) {
        log.error({ err: error }, 'PostgreSQL could not be started again');
        await pause(TRY_AGAIN_MS, undefined, stopping).catch(() => {});
      }
    }
  }

  async function stop(): Promise<void> {
    if (stopping.signal.aborted) return;
    stopping.abort();
    await comingBack;
    await leave(place, current.presence);
  }
}
