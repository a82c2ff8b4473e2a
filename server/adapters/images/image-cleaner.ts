import { AppError } from '../../errors.ts';
import type { ImageCleaner } from '../../services.ts';
import { runOnPicture } from './picture-process.ts';
import { exits, LOCATION_REMOVED } from './protocol.ts';

/** A photograph of 40 megapixels takes two seconds; whoever needs ten times as long is up to something. */
const LONGEST_MS = 20_000;

export function createImageCleaner(longestMs = LONGEST_MS): ImageCleaner {
  return {
    clean: async (bytes, mediaType) => {
      const { code, output } = await runOnPicture('make-anew.ts', { bytes, args: [mediaType], longestMs });
      if (code === exits.tooLarge) throw tooManyPixels();
      if (code !== 0 || output.length < 2) throw broken();
      return { bytes: new Uint8Array(output.subarray(1)), hadLocation: output[0] === LOCATION_REMOVED };
    },
  };
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
