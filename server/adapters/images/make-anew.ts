/** A process of its own: picture in on standard input, the same picture without metadata out on standard output. */
import sharp from 'sharp';
import { tellsLocation } from './location.ts';
import { exits, LOCATION_REMOVED, NO_LOCATION } from './protocol.ts';

const MOST_PIXELS = 40_000_000;

sharp.cache(false);
sharp.concurrency(1);
const [, , mediaType] = process.argv;
const pieces: Buffer[] = [];
for await (const piece of process.stdin) pieces.push(piece as Buffer);
const original = Buffer.concat(pieces);
const format = mediaType === 'image/png' ? 'png' : 'jpeg';

try {
  const { width = 0, height = 0, exif, xmp, ...head } = await sharp(original, { limitInputPixels: false }).metadata();
  if (head.format !== format) process.exit(exits.broken);
  if (width * height > MOST_PIXELS) process.exit(exits.tooLarge);
  const location = tellsLocation(exif, xmp) ? LOCATION_REMOVED : NO_LOCATION;
  const anew = await madeAnew(original);
  await new Promise((written) => process.stdout.write(Buffer.concat([Buffer.from([location]), anew]), written));
} catch {
  process.exit(exits.broken);
}

/** Turned the way the camera was held, because that note goes with the rest. sharp keeps no metadata unless asked to. */
function madeAnew(bytes: Buffer): Promise<Buffer> {
  const picture = sharp(bytes, {
    limitInputPixels: MOST_PIXELS,
    failOn: 'truncated',
    sequentialRead: true,
  }).autoOrient();
  return (format === 'png' ? picture.png() : picture.jpeg({ quality: 92, chromaSubsampling: '4:4:4' })).toBuffer();
}
