import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../errors.ts';
import type { ImageCleaner } from '../../services.ts';
import { exits, LOCATION_REMOVED } from './protocol.ts';

const program = fileURLToPath(new URL('make-anew.ts', import.meta.url));
/** A photograph of 40 megapixels takes two seconds; whoever needs ten times as long is up to something. */
const LONGEST_MS = 20_000;
const LARGEST_RESULT = 64 * 1024 ** 2;

/**
 * Decoders are where files made to harm do their harm, so each picture gets a process of its own: without our environment,
 * killed when it takes too long. Whatever happens to it, the server stays up and the file is refused.
 */
export function createImageCleaner(longestMs = LONGEST_MS): ImageCleaner {
  return {
    clean: async (bytes, mediaType) => {
      const { code, output } = await run(mediaType, bytes, longestMs);
      if (code === exits.tooLarge) throw tooManyPixels();
      if (code !== 0 || output.length < 2) throw broken();
      return { bytes: new Uint8Array(output.subarray(1)), hadLocation: output[0] === LOCATION_REMOVED };
    },
  };
}

function run(mediaType: string, bytes: Uint8Array, longestMs: number): Promise<{ code: number; output: Buffer }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--max-old-space-size=128', program, mediaType], {
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

function broken(): AppError {
  return new AppError(422, 'broken_image', {
    ja: '画像を読み取れませんでした。画像ソフトで開けることを確かめ、保存し直してから選んでください。',
    en: 'The picture could not be read. Check that it opens in an image program, save it again and choose it once more.',
  });
}

function tooManyPixels(): AppError {
  return new AppError(422, 'huge_image', {
    ja: '画像の画素数が大きすぎます。4,000万画素以下に縮小するか、必要な部分を切り抜いてください。',
    en: 'The picture has too many pixels. Reduce it to at most 40 megapixels, or crop it to what matters.',
  });
}
