import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { exits } from './protocol.ts';

const LARGEST_RESULT = 64 * 1024 ** 2;

/**
 * Decoders are where files made to harm do their harm, so each picture gets a process of its own: without our environment,
 * killed when it takes too long. Whatever happens to it, the server stays up and the file is refused.
 * `program` is a file beside this one; resolves to its exit code and what it wrote.
 */
export function runOnPicture(
  program: 'make-anew.ts' | 'make-logo.ts',
  { bytes, args, longestMs }: { bytes: Uint8Array; args: readonly string[]; longestMs: number },
): Promise<{ code: number; output: Buffer }> {
  return new Promise((resolve, reject) => {
    const file = fileURLToPath(new URL(program, import.meta.url));
    const child = spawn(process.execPath, ['--max-old-space-size=128', file, ...args], {
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: longestMs,
      killSignal: 'SIGKILL',
    });
    const pieces: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > LARGEST_RESULT) child.kill('SIGKILL');
      else pieces.push(piece);
    });
    // A process that ends early no longer reads; its exit code tells why.
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? exits.broken, output: Buffer.concat(pieces) }));
    child.stdin.end(bytes);
  });
}
