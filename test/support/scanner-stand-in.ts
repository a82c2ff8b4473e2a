import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A server that speaks clamd's side of the dialogue as a test wants it: what it answers, and when. `null`: it says nothing and
 * keeps the connection.
 */
export type ScannerStandIn = {
  socket: string;
  /** Streams it was sent, as far as they came. */
  received: Buffer[];
  answer(reply: (bytes: Buffer) => string | null): void;
  /** Answers at once, without reading what is sent. */
  answerEarly(reply: string): void;
  close(): Promise<void>;
};

export async function createScannerStandIn(): Promise<ScannerStandIn> {
  const folder = mkdtempSync(join(tmpdir(), 'kantoku-scanner-'));
  const socket = join(folder, 'scanner.sock');
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  let reply: (bytes: Buffer) => string | null = () => 'stream: OK\0';
  let early: string | null = null;

  const server = createServer((connection) => {
    sockets.add(connection);
    connection.on('close', () => sockets.delete(connection)).on('error', () => {});
    if (early !== null) {
      connection.end(early);
      return;
    }
    let bytes = Buffer.alloc(0);
    connection.on('data', (piece) => {
      bytes = Buffer.concat([bytes, piece]);
      const content = streamIn(bytes);
      if (!content) return;
      received.push(content);
      const words = reply(content);
      if (words !== null) connection.end(words);
    });
  });
  await new Promise<void>((listening) => server.listen(socket, listening));
  return {
    socket,
    received,
    answer: (next) => {
      reply = next;
      early = null;
    },
    answerEarly: (words) => {
      early = words;
    },
    close: async () => {
      for (const connection of sockets) connection.destroy();
      await new Promise((closed) => server.close(closed));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What was streamed, once it is complete (or a command without a stream); null until then. */
function streamIn(bytes: Buffer): Buffer | null {
  const command = bytes.indexOf(0);
  if (command < 0) return null;
  if (bytes.toString('latin1', 0, command) !== 'zINSTREAM') return Buffer.alloc(0);
  const pieces: Buffer[] = [];
  for (let at = command + 1; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}
