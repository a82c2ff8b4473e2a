/** What an uploaded logo is, told by its bytes; its name and what a browser claims count for nothing. */

export type PictureKind = 'png' | 'jpeg' | 'webp';
/** `animated`: more than one frame; `svg`: a drawing that may hold scripts; `other`: none of the pictures we take. */
export type LogoContent = PictureKind | 'animated' | 'svg' | 'other';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];

export function logoContent(bytes: Uint8Array): LogoContent {
  if (PNG.every((byte, at) => bytes[at] === byte)) return hasAnimationChunk(bytes) ? 'animated' : 'png';
  if (JPEG.every((byte, at) => bytes[at] === byte)) return 'jpeg';
  if (letters(bytes, 0, 4) === 'RIFF' && letters(bytes, 8, 12) === 'WEBP') {
    return isAnimatedWebp(bytes) ? 'animated' : 'webp';
  }
  if (letters(bytes, 0, 3) === 'GIF') return 'animated';
  return /<svg[\s>]/i.test(letters(bytes, 0, 4_096)) ? 'svg' : 'other';
}

const endings: Readonly<Record<string, PictureKind>> = { png: 'png', jpg: 'jpeg', jpeg: 'jpeg', webp: 'webp' };

/** Whether the ending of a file's name says something else than its content; a name without a known ending says nothing. */
export function contradicts(fileName: string, kind: PictureKind): boolean {
  const ending = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return ending !== '' && endings[ending] !== kind;
}

/** An animated PNG says so by an acTL chunk before the first IDAT (PNG Third Edition §11.3.6.1). */
function hasAnimationChunk(png: Uint8Array): boolean {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  for (let at = PNG.length; at + 8 <= png.length; at += 12 + view.getUint32(at)) {
    const type = letters(png, at + 4, at + 8);
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

/** The second bit of the flags of an extended WebP (RFC 9649 §2.7.1.1). */
function isAnimatedWebp(webp: Uint8Array): boolean {
  return letters(webp, 12, 16) === 'VP8X' && ((webp[20] ?? 0) & 0b10) !== 0;
}

function letters(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
