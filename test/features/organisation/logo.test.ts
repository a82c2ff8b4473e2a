import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { pngChunks } from '../answers/hostile-files.ts';
import { bytes } from '../answers/respondent.ts';
import { eventsOf, logoIn, type OwnedAssessment, ownedAssessment, picture, post, upload } from './owner.ts';

let test_: TestApp;
let customer: OwnedAssessment;
let other: OwnedAssessment;
beforeAll(async () => {
  test_ = await buildTestApp();
  [customer, other] = [await ownedAssessment(test_), await ownedAssessment(test_)];
});
afterAll(() => test_?.close());

const get = (url: string, cookie: string) => test_.app.inject({ url, headers: { cookie } });
const page = async (url: string, cookie: string) => (await get(url, cookie)).body;
const shown = async () => logoIn(await page('/organisation', customer.owner));
const idOf = (address: string) => address.split('/').at(-1) ?? '';

describe('The logo of an organisation', () => {
  test('is put there by owners alone', async () => {
    const file = { bytes: await picture(200, 80), name: 'logo.png' };
    expect((await upload(test_, customer.member, file)).statusCode).toBe(403);
    expect((await upload(test_, customer.respondent, file)).statusCode).toBe(401);
    expect(await shown()).toBe('');
    expect(await page('/respond', customer.respondent)).not.toContain('<img');
  });

  test('is a small PNG of our own making, transparent as before and without what else the file told', async () => {
    const file = { bytes: await picture(2_000, 400), name: 'ロゴ.PNG' };
    expect((await upload(test_, customer.owner, file)).headers.location).toBe(
      '/organisation?done=organisation.logoSaved',
    );
    const answer = await get(await shown(), customer.member);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=86400, immutable',
      'content-security-policy': "sandbox; default-src 'none'",
    });
    const { width, height, format, hasAlpha, exif, xmp, icc } = await sharp(answer.rawPayload).metadata();
    expect({ width, height, format, hasAlpha }).toEqual({ width: 640, height: 128, format: 'png', hasAlpha: true });
    expect([exif, xmp, icc]).toEqual([undefined, undefined, undefined]);
    expect(answer.rawPayload.includes('secret-photographer')).toBe(false);
    const { data } = await sharp(answer.rawPayload).raw().toBuffer({ resolveWithObject: true });
    expect([data.at(-1), [...data.subarray(0, 4)]]).toEqual([0, [0, 0x4c, 0x59, 255]]);
  });

  test('leaves to respondents of this organisation and to nobody else', async () => {
    const ofMembers = await shown();
    const ofVendors = logoIn(await page('/respond', customer.respondent));
    expect(idOf(ofVendors)).toBe(idOf(ofMembers));
    expect((await get(ofVendors, customer.respondent)).rawPayload.subarray(1, 4).toString()).toBe('PNG');
    expect((await get(ofVendors, other.respondent)).statusCode).toBe(404);
    expect((await get(ofMembers, other.owner)).statusCode).toBe(404);
    expect((await get(ofVendors, '')).statusCode).toBe(401);
    expect((await get(ofMembers, '')).statusCode).toBe(401);
    // One kind of session does not open the other's address.
    expect((await get(ofMembers, customer.respondent)).statusCode).toBe(401);
    expect((await get('/respond/logo/nonsense', customer.respondent)).statusCode).toBe(404);
  });

  test('stands in the head of the vendor’s pages, remembered ones too, never on the page before the code', async () => {
    const section = '/respond/sections/AB';
    const sections = await page('/respond/sections', customer.respondent);
    const href = /href="(\/respond\/sections\/[^"?]+)/.exec(sections)?.[1] ?? section;
    expect(await page(href, customer.respondent)).toContain(`<img src="/respond/logo/${idOf(await shown())}"`);
    expect(sections).toContain('alt="依頼元：株式会社みなと労務"');
    expect(await page('/v', customer.respondent)).not.toContain('<img');
    const webp = { bytes: await picture(300, 60, 'webp'), name: 'logo.webp', seen: idOf(await shown()) };
    expect((await upload(test_, customer.owner, webp)).statusCode).toBe(303);
    expect(await page(href, customer.respondent)).toContain(`<img src="/respond/logo/${idOf(await shown())}"`);
  });

  test('is not replaced or removed by somebody who saw another one', async () => {
    const before = await shown();
    const late = await upload(test_, customer.owner, { bytes: await picture(90, 90, 'jpeg'), name: 'l.jpg', seen: '' });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain('ほかの管理者がロゴを変更したため');
    const stale = await post(test_, '/organisation/logo/removal', customer.owner, { seen: customer.linkId });
    expect(stale.statusCode).toBe(409);
    expect(await shown()).toBe(before);
  });

  test('is removed for good, and the trail holds who did what', async () => {
    const old = await shown();
    const removal = await post(test_, '/organisation/logo/removal', customer.owner, { seen: idOf(old) });
    expect(removal.headers.location).toBe('/organisation?done=organisation.logoRemoved');
    expect((await get(old, customer.owner)).statusCode).toBe(404);
    expect(await page('/respond', customer.respondent)).not.toContain('<img');
    const events = (await eventsOf(test_, customer.organisationId)).filter(({ action }) => action.includes('logo'));
    expect(events.map(({ action, actorName }) => [action, actorName])).toEqual([
      ['organisation.logoAdded', '佐藤一郎'],
      ['organisation.logoReplaced', '佐藤一郎'],
      ['organisation.logoRemoved', '佐藤一郎'],
    ]);
    const [added, replaced] = events.map(({ details }) => details as Record<string, unknown>);
    expect(replaced?.replaced).toBe(added?.sha256);
  });
});

describe('A file that is no logo', () => {
  const still = () => picture(120, 60);
  const svg = bytes('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const frames = () => sharp([Buffer.from(square(0)), Buffer.from(square(1))], { join: { animated: true } });

  test.each<[string, () => Promise<Uint8Array>, string, string]>([
    ['a drawing with a script', async () => svg, 'logo.svg', 'SVGは、画像の中に命令を含められるため使えません。'],
    ['a drawing called PNG', async () => svg, 'logo.png', 'SVGは、画像の中に命令を含められるため使えません。'],
    ['a page called PNG', async () => bytes('<html><script>1</script>'), 'logo.png', 'いずれの画像でもありません。'],
    ['an empty file', async () => bytes(''), 'logo.png', 'ファイルの中身が空です。'],
    ['a JPEG called PNG', () => picture(50, 50, 'jpeg'), 'logo.png', 'ファイルの中身が拡張子と一致しません。'],
    ['a PNG called a program', still, 'logo.exe', 'ファイルの中身が拡張子と一致しません。'],
    ['an animated WebP', () => frames().webp().toBuffer(), 'logo.webp', '動く画像（アニメーション）'],
    ['a GIF', () => frames().gif().toBuffer(), 'logo.gif', '動く画像（アニメーション）'],
    ['an animated PNG', async () => animatedPng(await still()), 'logo.png', '動く画像（アニメーション）'],
    ['half a PNG', async () => (await still()).subarray(0, 60), 'logo.png', '画像を読み取れませんでした。'],
    ['a bomb of 144 megapixels in 20 KB', async () => bomb(12_000, 12_000), 'logo.png', '画像の画素数が大きすぎます。'],
    [
      'a picture that claims four thousand million pixels',
      async () => bomb(65_000, 65_000, 10),
      'l.png',
      '画像の画素数が大きすぎます。',
    ],
    ['a dot', () => picture(8, 8), 'logo.png', '画像が小さすぎます。'],
  ])('%s is refused, and the page says why', async (_what, make, name, why) => {
    const answer = await upload(test_, other.owner, { bytes: await make(), name });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(why);
    expect(answer.body).toContain('href="#logo"');
    expect(logoIn(await page('/organisation', other.owner))).toBe('');
  });

  test('More than 1 MB, no file at all and a broken form are refused on the same page', async () => {
    const heavy = await upload(test_, other.owner, { bytes: Buffer.alloc(1024 ** 2 + 1), name: 'logo.png' });
    expect([heavy.statusCode, heavy.body.includes('1 MB以下の画像')]).toEqual([413, true]);
    const nothing = await upload(test_, other.owner, { bytes: bytes(''), name: '' });
    expect(nothing.statusCode).toBe(400);
    const broken = await test_.app.inject({
      method: 'POST',
      url: '/organisation/logo',
      headers: {
        cookie: other.owner,
        origin: test_.services.config.publicUrl,
        'content-type': 'multipart/form-data; boundary=x',
      },
      payload: '--x\r\nContent-Disposition: form-data; name="logo"; filename="a.png"\r\n\r\nabc',
    });
    expect(broken.statusCode).toBe(400);
  });

  test('A picture of many colours still fits a report', async () => {
    const noise = Buffer.from(Array.from({ length: 640 * 240 * 3 }, (_, at) => (at * 2_654_435_761) >>> 13));
    const raw = { raw: { width: 640, height: 240, channels: 3 as const } };
    const file = { bytes: await sharp(noise, raw).jpeg({ quality: 90 }).toBuffer(), name: 'logo.jpg' };
    expect((await upload(test_, other.owner, file)).statusCode).toBe(303);
    const logo = await get(logoIn(await page('/organisation', other.owner)), other.owner);
    expect(logo.rawPayload.length).toBeLessThan(200_000);
  });
});

/** One frame of an animation: a square whose colour depends on its number. */
function square(frame: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="${frame ? '#f00' : '#00f'}"/></svg>`;
}

/** acTL right behind the head, as an animated PNG has it. */
function animatedPng(still: Buffer): Uint8Array {
  const [head, rest] = [still.subarray(0, 33), still.subarray(33)];
  return Buffer.concat([pngChunks(head, [['acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])]]), rest]);
}

/** A PNG of one bit a pixel, all black: a few kilobytes that unpack to width × height; `rows` are really there. */
function bomb(width: number, height: number, rows = height): Uint8Array {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size[8] = 1;
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const data = deflateSync(Buffer.alloc(rows * (1 + Math.ceil(width / 8))), { level: 9 });
  return pngChunks(signature, [
    ['IHDR', size],
    ['IDAT', data],
    ['IEND', ''],
  ]);
}
