import { contradicts, type LogoContent, logoContent } from '../../domain/organisation/logo-file.ts';
import { AppError, type Message } from '../../errors.ts';
import type { LogoMaker } from '../../services.ts';
import { runOnPicture } from './picture-process.ts';
import { exits } from './protocol.ts';

const LONGEST_MS = 10_000;

export function createLogoMaker(longestMs = LONGEST_MS): LogoMaker {
  return {
    make: async (bytes, fileName) => {
      const content = logoContent(bytes);
      if (isRefused(content)) throw refused(bytes.length === 0 ? 'empty' : content);
      if (contradicts(fileName, content)) throw refused('lying');
      const { code, output } = await runOnPicture('make-logo.ts', { bytes, args: [content], longestMs });
      if (code === exits.tooLarge) throw refused('tooLarge');
      if (code === exits.tooSmall) throw refused('tooSmall');
      // The head of a PNG: width and height as four bytes each, from the sixteenth on (PNG Third Edition §11.2.1).
      if (code !== 0 || output.length < 24) throw refused('broken');
      return { bytes: output, width: output.readUInt32BE(16), height: output.readUInt32BE(20) };
    },
  };
}

function isRefused(content: LogoContent): content is 'animated' | 'svg' | 'other' {
  return content === 'animated' || content === 'svg' || content === 'other';
}

const refusals = {
  empty: {
    ja: 'ファイルの中身が空です。保存し直した画像を選んでください。',
    en: 'The file is empty. Save the picture again and choose it once more.',
  },
  animated: {
    ja: '動く画像（アニメーション）とGIFは使えません。1枚の静止画をPNG・JPEG・WebPで保存して選んでください。',
    en: 'Animated pictures and GIFs cannot be used. Save a single still picture as PNG, JPEG or WebP.',
  },
  svg: {
    ja: 'SVGは、画像の中に命令を含められるため使えません。PNG（背景は透過）に書き出して選んでください。',
    en: 'SVG cannot be used, because it may hold scripts. Export it as PNG with a transparent background.',
  },
  other: {
    ja: 'PNG・JPEG・WebPのいずれの画像でもありません。画像ソフトでPNGに保存し直して選んでください。',
    en: 'This is not a PNG, JPEG or WebP picture. Save it as PNG in an image program and choose it once more.',
  },
  lying: {
    ja: 'ファイルの中身が拡張子と一致しません。画像ソフトで開き、PNGに保存し直して選んでください。',
    en: 'The content of the file does not match its extension. Open it in an image program and save it as PNG.',
  },
  tooLarge: {
    ja: '画像の画素数が大きすぎます。縦横とも5,000ピクセル以下（合計2,000万画素以下）に縮小してください。',
    en: 'The picture has too many pixels. Reduce it to at most 5,000 pixels a side and 20 megapixels in all.',
  },
  tooSmall: {
    ja: '画像が小さすぎます。縦横とも16ピクセル以上の画像を選んでください。',
    en: 'The picture is too small. Choose one of at least 16 pixels a side.',
  },
  broken: {
    ja: '画像を読み取れませんでした。画像ソフトで開けることを確かめ、保存し直してから選んでください。',
    en: 'The picture could not be read. Check that it opens in an image program, save it again and choose it once more.',
  },
} satisfies Record<string, Message>;

function refused(reason: keyof typeof refusals): AppError {
  const message = refusals[reason];
  return new AppError(422, `logo_${reason}`, message, { fields: [{ path: 'logo', message }] });
}
