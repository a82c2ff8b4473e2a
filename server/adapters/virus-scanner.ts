/** The dialogue with clamd (`man clamd`, COMMANDS): bytes go over the socket, so scanner and server share no folder. */
import { connect, type Socket } from 'node:net';
import type { Config } from '../config.ts';
import type { VirusScanner } from '../services.ts';

type ClamdAddress = NonNullable<Config['clamd']>;
/** Milliseconds without a byte in either direction, and for the whole dialogue; the job that asks has 120 s. */
type Times = { silence: number; whole: number };
const usual: Times = { silence: 60_000, whole: 100_000 };

/** A reply is one short line; a longer one does not come from clamd. */
const LONGEST_REPLY = 1_024;
const PIECE = 64 * 1024;

export function createVirusScanner(address: ClamdAddress, times: Times = usual): VirusScanner {
  return {
    scan: async (bytes) => verdictOf(await ask(address, times, inStream(bytes))),
    check: async () => {
      const reply = await ask(address, { silence: 5_000, whole: 5_000 }, [Buffer.from('zPING\0')]);
      if (reply !== 'PONG') throw new Error(`clamd: unexpected reply ${JSON.stringify(reply)} to PING`);
    },
  };
}

/**
 * Only the one sentence that says so makes a file clean. Whatever else comes (a limit exceeded, an error, half a line) is no
 * verdict: the file stays where nobody can open it.
 */
function verdictOf(reply: string): { found: string | null } {
  if (reply === 'stream: OK') return { found: null };
  const found = /^stream: (\P{Cc}{1,500}) FOUND$/u.exec(reply)?.[1];
  if (found === undefined) throw new Error(`clamd: no verdict, but ${JSON.stringify(reply)}`);
  return { found };
}

/** Each piece behind its length in four bytes; a piece of length 0 ends the stream. */
function* inStream(bytes: Uint8Array): Generator<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    yield Buffer.concat([length, piece]);
  }
  yield Buffer.alloc(4);
}

/** Resolves to the reply without its final NUL; rejects when none comes whole and in time. */
function ask(address: ClamdAddress, times: Times, question: Iterable<Buffer>): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    const end = (error: Error | null, reply = '') => {
      clearTimeout(deadline);
      socket.destroy();
      error ? reject(error) : resolve(reply);
    };
    const deadline = setTimeout(() => end(new Error('clamd: took too long')), times.whole);
    socket.setTimeout(times.silence, () => end(new Error('clamd: silent for too long')));
    let reply = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      reply += text;
      if (reply.length > LONGEST_REPLY) end(new Error('clamd: a reply without end'));
      else if (reply.endsWith('\0')) end(null, reply.slice(0, -1));
    });
    socket.on('error', (error) => end(new Error(`clamd: ${error.message}`, { cause: error })));
    socket.on('close', () => end(new Error('clamd: closed the connection before its reply was complete')));
    socket.on('connect', () => void send(socket, question));
  });
}

/** Waits where clamd reads slower than we write. When the connection ends, its listeners have told so already. */
async function send(socket: Socket, pieces: Iterable<Buffer>): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    if (!socket.write(piece)) await drained(socket);
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    socket.on('drain', go).on('close', go);
  });
}
