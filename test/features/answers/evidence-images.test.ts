import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createImageCleaner } from '../../../server/adapters/images/image-cleaner.ts';
import { tellsLocation } from '../../../server/adapters/images/location.ts';
import { asOwner } from '../../support/database.ts';
import { beforeEachAnswering, sent, test, vendor } from './answering.ts';
import { jpeg, pngChunks } from './hostile-files.ts';
import { bytes } from './respondent.ts';

beforeEachAnswering();

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 90 } } });
const exif = {
  IFD0: { Artist: 'SECRET-ARTIST' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 40/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '139/1 45/1 0/1' },
};
const photo = async () =>
  new Uint8Array(await picture(80, 40).withMetadata({ orientation: 6 }).withExif(exif).jpeg().toBuffer());

describe('a picture', () => {
  it('is kept without the place where it was taken, and without anything else but the picture', async () => {
    const original = await photo();
    expect(Buffer.from(original).includes('SECRET-ARTIST')).toBe(true);
    const reply = await vendor.upload('AUTH-01', 'サーバー室.jpg', original);
    expect(reply).toMatchObject({
      status: 201,
      json: { attached: [{ mediaType: 'image/jpeg' }], locationRemoved: ['サーバー室.jpg'] },
    });
    const { file, kept } = await keptOf(reply.json);
    const { exif: left, xmp, width, height, orientation } = await sharp(kept).metadata();
    expect({ left, xmp, orientation }).toEqual({ left: undefined, xmp: undefined, orientation: undefined });
    expect(kept.includes('SECRET-ARTIST')).toBe(false);
    // Held upright: the note to turn it is gone, so it was turned.
    expect([width, height]).toEqual([40, 80]);
    expect(file).toMatchObject({ sha256: hash(kept), size: kept.length });
    expect(await lastDetails()).toMatchObject({ sentSha256: hash(original), locationRemoved: true });
  });

  it('without a place is said to have had none', async () => {
    const original = new Uint8Array(
      await picture(10, 10)
        .withExif({ IFD0: { Artist: 'x' } })
        .jpeg()
        .toBuffer(),
    );
    expect(await vendor.upload('AUTH-01', 'a.jpeg', original)).toMatchObject({
      status: 201,
      json: { locationRemoved: [] },
    });
    expect(await vendor.upload('AUTH-02', 'b.jpg', jpeg)).toMatchObject({ status: 201, json: { locationRemoved: [] } });
  });

  it('keeps every pixel of a screenshot, also with transparency', async () => {
    const original = await sharp(Buffer.from(Array.from({ length: 40 * 30 * 4 }, (_, n) => (n * 37) % 256)), {
      raw: { width: 40, height: 30, channels: 4 },
    })
      .png()
      .toBuffer();
    const { kept } = await keptOf((await vendor.upload('AUTH-01', '画面.PNG', new Uint8Array(original))).json);
    const raw = (image: Buffer) => sharp(image).raw().toBuffer();
    expect((await raw(kept)).equals(await raw(original))).toBe(true);
  });

  it('carries nothing behind it or beside it: texts of PNG, a second file, the rest of a polyglot', async () => {
    const png = await picture(10, 10).png().toBuffer();
    const withText = pngChunks(png, [
      ['tEXt', 'Comment\0SECRET'],
      ['eXIf', 'II*\0SECRET'],
    ]);
    const polyglot = new Uint8Array(
      Buffer.concat([withText, Buffer.from('PK\x03\x04SECRET<script>alert(1)</script>')]),
    );
    const { kept } = await keptOf((await vendor.upload('AUTH-01', 'x.png', polyglot)).json);
    expect(kept.includes('SECRET')).toBe(false);
  });

  it('without scripts is told about on the page', async () => {
    const reply = await vendor.post('AUTH', { action: 'next' }, [
      { control: 'AUTH-01.file', name: 'a.jpg', bytes: new Uint8Array(await photo()) },
    ]);
    expect([reply.status, reply.headers.location]).toEqual([
      303,
      '/respond/sections/AUTH?done=answers.savedWithoutPlace',
    ]);
    expect((await vendor.get(String(reply.headers.location))).body).toContain(
      '撮影場所（GPS）などの情報は取り除きました',
    );
  });
});

describe('a picture made to harm', () => {
  it.each([
    ['of 400 megapixels in 50 KB', 'x.png', () => pixelBomb(20_000, 20_000), 'huge_image'],
    ['just above 40 megapixels', 'x.png', () => pixelBomb(8_001, 5_000), 'huge_image'],
    ['that claims 4 billion by 4 billion', 'x.png', () => pixelBomb(0x7fffffff, 0x7fffffff), 'broken_image'],
    [
      'cut off in the middle',
      'x.png',
      async () => (await picture(300, 300).png().toBuffer()).subarray(0, 200),
      'broken_image',
    ],
    ['a JPEG called PNG', 'x.png', photo, 'lying_file'],
    ['a PNG called JPEG', 'x.jpg', async () => picture(5, 5).png().toBuffer(), 'lying_file'],
    ['an SVG called PNG', 'x.png', async () => bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'lying_file'],
  ])('%s is refused, with nothing left behind', async (_, name, make, code) => {
    const before = storedFiles();
    const rss = process.memoryUsage().rss;
    const reply = await vendor.upload('AUTH-01', name, new Uint8Array(await make()));
    expect(reply).toMatchObject({ status: 422, json: { code, message: { ja: expect.stringMatching(/ください/) } } });
    expect(storedFiles()).toEqual(before);
    expect(process.memoryUsage().rss - rss).toBeLessThan(150 * 1024 ** 2);
  });

  it('that takes too long is given up, and the server stays', async () => {
    const impatient = createImageCleaner(1);
    await expect(impatient.clean(await photo(), 'image/jpeg')).rejects.toMatchObject({ code: 'broken_image' });
    expect((await vendor.upload('AUTH-01', 'a.jpg', await photo())).status).toBe(201);
  });
});

describe('metadata that lies about its own size', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a header only', Buffer.from('Exif\0\0II*\0')],
    ['a directory beyond the end', Buffer.from('Exif\0\0II*\0\xff\xff\xff\xff', 'latin1')],
    ['65,535 entries', Buffer.concat([Buffer.from('II*\0\x08\0\0\0', 'latin1'), Buffer.from([0xff, 0xff])])],
  ])('%s is no place', (_, exif) => {
    expect(tellsLocation(exif, undefined)).toBe(false);
  });

  it('in XMP is a place too', () => {
    expect(tellsLocation(undefined, Buffer.from('<rdf exif:GPSLatitude="35,40N"/>'))).toBe(true);
  });
});

/** A PNG whose header claims so many pixels; its one line of data unpacks to megabytes of nothing. */
async function pixelBomb(width: number, height: number): Promise<Uint8Array> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return pngChunks(signature, [
    ['IHDR', header],
    ['IDAT', deflateSync(Buffer.alloc(30_000_000))],
    ['IEND', ''],
  ]);
}

async function keptOf(reply: unknown) {
  const [file] = (reply as { attached: { id: string }[] }).attached;
  const response = await test.app.inject({
    url: `/respond/evidence/${file?.id}`,
    headers: { cookie: sent.respondent },
  });
  return { file, kept: response.rawPayload };
}

async function lastDetails(): Promise<unknown> {
  let details: unknown;
  await asOwner(test.services.ownerUrl, async (client) => {
    const { rows } = await client.query(
      `select details from audit_events where assessment_id = $1 and action = 'evidence.attached'`,
      [sent.assessmentId],
    );
    details = rows.at(-1)?.details;
  });
  return details;
}

function storedFiles(): string[] {
  const folder = join(test.services.config.dataDir, 'evidence');
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /[\da-f]{32}/.test(name))
        .toSorted()
    : [];
}

function hash(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
