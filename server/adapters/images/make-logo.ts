/** A process of its own: picture in on standard input, logo out on standard output as PNG without anything but the picture. */
import sharp from 'sharp';
import { exits } from './protocol.ts';

const LONGEST_SIDE = 5_000;
const SHORTEST_SIDE = 16;
const MOST_PIXELS = 20_000_000;
/** A logo stands in every report; beyond this a palette of 256 colours has to do. */
const COMFORTABLE_BYTES = 100_000;

sharp.cache(false);
sharp.concurrency(1);
const [, , format] = process.argv;
const pieces: Buffer[] = [];
for await (const piece of process.stdin) pieces.push(piece as Buffer);
const original = Buffer.concat(pieces);

try {
  const { width = 0, height = 0, pages = 1, ...head } = await sharp(original, { limitInputPixels: false }).metadata();
  if (head.format !== format || pages > 1) process.exit(exits.broken);
  if (width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE) process.exit(exits.tooLarge);
  if (Math.min(width, height) < SHORTEST_SIDE) process.exit(exits.tooSmall);
  const logo = await madeSmall();
  await new Promise((written) => process.stdout.write(logo, written));
} catch {
  process.exit(exits.broken);
}

/** Fits into the 640×240 places it is shown in (at twice their density), transparency kept. sharp keeps no metadata unless asked to. */
async function madeSmall(): Promise<Buffer> {
  const picture = sharp(original, { limitInputPixels: MOST_PIXELS, failOn: 'truncated' })
    .autoOrient()
    .resize({ width: 640, height: 240, fit: 'inside', withoutEnlargement: true });
  const full = await picture.clone().png({ compressionLevel: 9 }).toBuffer();
  return full.length <= COMFORTABLE_BYTES ? full : picture.png({ palette: true, effort: 8 }).toBuffer();
}
