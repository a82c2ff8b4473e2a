import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../server/adapters/pdf/browser-path.ts';
import { type Enclosure, findEnclosure, NOTHING } from '../../../server/adapters/pdf/isolation.ts';
import { type Launched, launchBrowser } from '../../../server/adapters/pdf/launch.ts';
import { openBlankPage, print } from '../../../server/adapters/pdf/page.ts';
import { inspect } from './inspect.ts';

const SECRET = 'canary-content-9f31';

/** What a hostile vendor might get into a report if a template failed to escape it. */
function payloads(url: string, file: string): string[] {
  return [
    `<img src="${url}/img">`,
    `<img srcset="${url}/srcset 2x" src="${url}/srcset1">`,
    `<iframe src="${url}/iframe"></iframe>`,
    `<iframe src="${file}"></iframe>`,
    `<iframe srcdoc='<img src="${url}/srcdoc">'></iframe>`,
    `<object data="${url}/object"></object>`,
    `<object data="${file}"></object>`,
    `<embed src="${url}/embed">`,
    `<embed src="${file}">`,
    `<link rel="stylesheet" href="${url}/css">`,
    `<link rel="prefetch" href="${url}/prefetch">`,
    `<link rel="preload" as="image" href="${url}/preload">`,
    `<link rel="preconnect" href="${url}"><link rel="dns-prefetch" href="${url}">`,
    `<link rel="prerender" href="${url}/prerender">`,
    `<link rel="manifest" href="${url}/manifest"><link rel="icon" href="${url}/icon">`,
    `<style>@import url("${url}/import");</style>`,
    `<style>body{background:url("${url}/background")}</style>`,
    `<style>@font-face{font-family:x;src:url("${url}/font")}p{font-family:x}</style><p>x</p>`,
    `<style>p::after{content:url("${url}/content")}</style><p>x</p>`,
    `<style>@page{background:url("${url}/page")}</style>`,
    `<svg><image href="${url}/svgimage" width="9" height="9"/></svg>`,
    `<svg><use href="${url}/svguse#a"/></svg>`,
    `<svg><foreignObject width="9" height="9"><iframe src="${url}/foreign"></iframe></foreignObject></svg>`,
    `<video src="${url}/video" autoplay poster="${url}/poster"></video>`,
    `<audio src="${url}/audio" autoplay></audio>`,
    `<meta http-equiv="refresh" content="0;url=${url}/refresh">`,
    `<meta http-equiv="refresh" content="0;url=${file}">`,
    `<base href="${url}/base/"><img src="relative">`,
    `<form action="${url}/form" id="f"><input name="a" autofocus></form>`,
    `<a href="${url}/ping" ping="${url}/ping2">x</a>`,
    `<script>fetch("${url}/fetch")</script>`,
    `<script>new Image().src="${url}/image"</script>`,
    `<script>new WebSocket("${url.replace('http', 'ws')}/socket")</script>`,
    `<script>navigator.sendBeacon("${url}/beacon")</script>`,
    `<script>location="${url}/location"</script>`,
    `<script>window.open("${url}/open")</script>`,
    `<script>document.write('<img src="${url}/write">')</script>`,
    `<script src="${url}/script"></script>`,
    `<script type="module">import("${url}/module")</script>`,
    `<script type="speculationrules">{"prerender":[{"urls":["${url}/speculation"]}],"prefetch":[{"urls":["${url}/speculation2"]}]}</script>`,
    `<script>new RTCPeerConnection({iceServers:[{urls:"stun:127.0.0.1:${new URL(url).port}"}]}).createDataChannel("x")</script>`,
    `<img src=x onerror='fetch("${url}/onerror")'>`,
    `<svg onload='fetch("${url}/onload")'></svg>`,
    `<details open ontoggle='fetch("${url}/toggle")'>x</details>`,
    `<iframe src="javascript:fetch('${url}/javascript')"></iframe>`,
    `<portal src="${url}/portal"></portal><fencedframe src="${url}/fenced"></fencedframe>`,
    `<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='${url}/nested'/%3E%3C/svg%3E">`,
  ];
}

describe('a hostile document', () => {
  let server: Server;
  let url: string;
  let file: string;
  let browserPath: string;
  const hits: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      hits.push(request.url ?? '');
      response.end(SECRET);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const path = join(tmpdir(), `kantoku-canary-${process.pid}.txt`);
    writeFileSync(path, SECRET);
    file = `file://${path}`;
    browserPath = await findBrowser(process.env.PUPPETEER_EXECUTABLE_PATH);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('would reach the canary from an ordinary browser, so that silence below means something', async () => {
    const browser = await puppeteer.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
    const page = await browser.newPage();
    await page.setContent(
      `<img src="${url}/img"><link rel="prefetch" href="${url}/prefetch"><script>fetch("${url}/fetch")</script>`,
    );
    await expect.poll(() => [...new Set(hits)].sort()).toEqual(['/fetch', '/img', '/prefetch']);
    await browser.close();
  });

  it.each([
    ['in the strongest enclosure of this machine', (path: string) => findEnclosure(path)],
    ['without a network namespace', withoutNetworkNamespace],
  ])('reaches neither network nor files %s', async (_, enclosure) => {
    const launched = await launchBrowser(browserPath, 30_000, enclosure(browserPath));
    hits.length = 0;
    for (const payload of payloads(url, file)) await expectNoLeak(launched, payload);
    await sleep(500);
    launched.kill();
    expect(hits).toEqual([]);
  });

  it('stops the network even with scripts on and every other measure gone', async ({ skip }) => {
    const enclosure = findEnclosure(browserPath);
    if (enclosure.network !== 'empty-namespace') skip('this system refuses network namespaces');
    const { browser, kill } = await launchBrowser(browserPath, 30_000, enclosure);
    const page = await browser.newPage();
    hits.length = 0;
    for (const payload of payloads(url, file))
      await page.setContent(payload, { timeout: 3_000 }).catch(() => undefined);
    await sleep(500);
    kill();
    expect(hits).toEqual([]);
  });
});

/** As on a system that refuses namespaces; the account of its own stays where we are root. */
function withoutNetworkNamespace(browserPath: string): Enclosure {
  const { owner, prefix, account } = findEnclosure(browserPath);
  const end = prefix.indexOf('unshare');
  return { ...NOTHING, owner, account, prefix: end === -1 ? prefix : prefix.slice(0, end) };
}

/** A document that navigates away while it is printed may fail to print; what it must not do is bring anything back. */
async function expectNoLeak({ browser }: Launched, payload: string): Promise<void> {
  const blank = await openBlankPage(browser);
  const html = `<!doctype html><html lang="ja"><head><title>t</title></head><body>${payload}<p>本文</p></body></html>`;
  const bytes = await print(blank, html).catch((error: Error) => {
    if (payload.includes('refresh') && error.message.includes('Printing failed')) return undefined;
    throw error;
  });
  if (bytes) expect((await inspect(bytes)).pages.join(''), payload).not.toContain(SECRET);
  await blank.close();
}
