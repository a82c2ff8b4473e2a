/** JSON lines through standard input and output, a line at a time: memory stays flat however many there are. */
import { once } from 'node:events';

// A reader that has seen enough closes the pipe (`| head -1`); that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

/** Splits at line feeds only: node:readline also splits at U+2028, which may stand inside a JSON text. */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const chunk of input) {
    const lines = decoder.decode(chunk, { stream: true }).split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      yield rest + line;
      rest = '';
    }
    rest += last;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** Waits when the reader is slower than we are. */
export async function writeLine(value: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) await once(process.stdout, 'drain');
}
