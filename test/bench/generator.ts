/**
 * Sends HTTP requests from a process of its own over keep-alive connections, each waiting for its reply. As bare as possible,
 * because it shares the machine with what it measures.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

/** `bodies` are taken in turn, the n-th request of a shot with the n-th; a GET has none. Revisions are put in for `{revision}`. */
export type Shot = {
  method: 'GET' | 'PUT';
  path: string;
  cookie: string;
  bodies: readonly string[];
  /** Revision the answer has before the first shot; absent: it is not answered. */
  firstRevision?: number;
};
/** One list of shots a connection. */
export type Job = { port: number; origin: string; seconds: number; connections: readonly (readonly Shot[])[] };
export type Result = {
  requests: number;
  perSecond: number;
  failed: number;
  firstFailure: string;
  /** Milliseconds from sending to the whole reply. */
  latency: { p50: number; p95: number; p99: number };
};

export type Generator = { run(job: Job): Promise<Result>; close(): void };

export function startGenerator(): Generator {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url));
  return {
    run: async (job) => {
      child.send(job);
      const [result] = await once(child, 'message');
      return result as Result;
    },
    close: () => child.kill(),
  };
}

if (import.meta.main) process.on('message', (job: Job) => void shoot(job).then((result) => process.send?.(result)));

async function shoot({ port, origin, seconds, connections }: Job): Promise<Result> {
  const total = { requests: 0, failed: 0, firstFailure: '' };
  const times: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1000;
  await Promise.all(connections.map((shots) => onOneConnection(port, origin, end, shots, total, times)));
  const perSecond = total.requests / ((performance.now() - started) / 1000);
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0;
  return { ...total, perSecond, latency: { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) } };
}

function onOneConnection(
  port: number,
  origin: string,
  end: number,
  shots: readonly Shot[],
  total: Omit<Result, 'perSecond' | 'latency'>,
  times: number[],
) {
  const taken = shots.map(() => 0);
  let at = -1;
  let received = '';
  let sentAt = 0;
  return new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', next);
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('error', () => {});
    // Whoever hangs up before the time is over has refused us.
    socket.on('close', () => {
      if (performance.now() < end) {
        total.failed += 1;
        total.firstFailure ||= 'a connection was closed';
      }
      resolve();
    });
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (!isWhole(received)) return;
      total.requests += 1;
      times.push(performance.now() - sentAt);
      if (!received.startsWith('200', 9)) {
        total.failed += 1;
        total.firstFailure ||= received.slice(0, 2000);
      }
      received = '';
      next();
    });

    function next(): void {
      if (performance.now() > end) {
        socket.destroy();
        return;
      }
      at = (at + 1) % shots.length;
      const shot = shots[at];
      if (!shot) return;
      const count = taken[at] ?? 0;
      taken[at] = count + 1;
      sentAt = performance.now();
      socket.write(requestOf(shot, count, origin), 'latin1');
    }
  });
}

function requestOf({ method, path, cookie, bodies, firstRevision = 0 }: Shot, count: number, origin: string): string {
  const body = bodies[count % (bodies.length || 1)]?.replace('"{revision}"', String(firstRevision + count)) ?? '';
  const head = `${method} ${path} HTTP/1.1\r\nhost: localhost\r\norigin: ${origin}\r\ncookie: ${cookie}\r\n`;
  const typed = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  return `${head}${method === 'GET' ? '' : typed}\r\n${Buffer.from(body).toString('latin1')}`;
}

function isWhole(received: string): boolean {
  const head = received.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(received.slice(0, head))?.[1] ?? 0);
  return received.length >= head + 4 + length;
}
