import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPdfRenderer, type PdfRenderer } from '../../../server/adapters/pdf/renderer.ts';
import { inspect, showsMissingGlyph } from './inspect.ts';

const ja = { title: '題名', lang: 'ja' } as const;
const html = (body: string) =>
  `<!doctype html><html lang="ja"><head><title>題名</title><style>@page{size:A4}body{font-family:"BIZ UDPGothic","Noto Sans JP"}</style></head><body>${body}</body></html>`;
/** A document the renderer cannot finish: each level draws the one before it twelve times. */
const endless = html(
  `<svg width="900" height="900"><defs><g id="l0"><circle r="5"/></g>${Array.from({ length: 12 }, (_, level) => `<g id="l${level + 1}">${`<use href="#l${level}" x="1"/>`.repeat(12)}</g>`).join('')}</defs><use href="#l12"/></svg>`,
);
const alive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(execFileSync('cat', [`/proc/${pid}/status`]).toString());

describe('the PDF renderer', () => {
  let renderer: PdfRenderer;
  const incidents: string[] = [];
  beforeAll(async () => {
    renderer = createPdfRenderer({ onIncident: (message) => incidents.push(message) });
    await renderer.warmUp();
  });
  afterAll(() => renderer.close());

  it('prints a tagged, bookmarked document with its title, language, dates and attachment', async () => {
    const bytes = await renderer.render(
      html('<h1>監査</h1><p>本文</p><h2>章</h2><table><tr><th scope="col">列</th></tr><tr><td>値</td></tr></table>'),
      {
        ...ja,
        author: '監査人',
        issuedAt: '2026-11-21T01:02:03Z',
        attachments: [{ name: 'data.json', mediaType: 'application/json', description: '元', content: '{"a":"あ"}' }],
      },
    );
    const pdf = await inspect(bytes);
    expect(pdf).toMatchObject({
      tagged: true,
      lang: 'ja',
      displayDocTitle: true,
      title: '題名',
      author: '監査人',
      outline: ['監査'],
    });
    expect(pdf.created).toBe("D:20261121100203+09'00'");
    expect(pdf.attachments).toEqual({ 'data.json': '{"a":"あ"}' });
    expect([...pdf.roles]).toEqual(expect.arrayContaining(['H1', 'H2', 'P', 'Table', 'TH', 'TD']));
  });

  it('gives the same bytes for the same document and date of issue', async () => {
    const once = () => renderer.render(html('<h1>同じ</h1>'), { ...ja, issuedAt: '2026-11-21T01:02:03Z' });
    expect(Buffer.compare(Buffer.from(await once()), Buffer.from(await once()))).toBe(0);
  });

  it('has a glyph, embedded, for names that ordinary fonts lack', async () => {
    const names = '髙橋 﨑山 𠮷野家 德川 ㈱ ① № ℡ ㎡ ★ ○ ◎ △ × ▽ ■ ▲ ◆ □ ？ Ⅳ ㋿ é ü';
    const bytes = await renderer.render(html(`<p>${names}</p><p><b>${names}</b></p>`), ja);
    const pdf = await inspect(bytes);
    for (const character of names.replaceAll(' ', '')) expect(pdf.pages[0], character).toContain(character);
    expect(pdf.pages[0]).not.toContain('\uFFFD');
    expect(await showsMissingGlyph(bytes)).toBe(false);
    expect(pdf.fonts.length).toBeGreaterThan(1);
    expect(pdf.fonts.every((font) => font.embedded)).toBe(true);
  });

  it('tells a missing glyph from a present one', async () => {
    expect(await showsMissingGlyph(await renderer.render(html('<p>\u{1F9FF}</p>'), ja))).toBe(true);
  });

  it('prints on a fresh browser when the browser is killed in the middle', async () => {
    incidents.length = 0;
    const printing = renderer.render(html(`<table>${'<tr><td>行</td><td>値</td></tr>'.repeat(1500)}</table>`), ja);
    await sleep(60);
    for (const pid of renderer.browserPids()) process.kill(-pid, 'SIGKILL');
    expect((await inspect(await printing)).pages.length).toBeGreaterThan(5);
    expect(incidents).toHaveLength(1);
  });

  it('prints any number at a time, in turn', async () => {
    const texts = ['一', '二', '三', '四', '五', '六', '七'];
    const all = await Promise.all(texts.map((text) => renderer.render(html(`<p>${text}</p>`), ja)));
    const pages = await Promise.all(all.map(async (bytes) => (await inspect(bytes)).pages[0]?.trim()));
    expect(pages).toEqual(texts);
  });

  it('says what isolation is in force', () => {
    expect(renderer.isolation()).toMatch(
      /^account=(own|shared) network=(empty-namespace|dead-proxy) sandbox=(on|off) javascript=off requests=denied$/,
    );
  });
});

describe('a renderer in trouble', () => {
  it('kills a document that never ends, and prints the next one', async () => {
    const renderer = opened(createPdfRenderer({ attemptMs: 1_500, deadlineMs: 3_000 }));
    await renderer.warmUp();
    const pids = renderer.browserPids();
    const start = Date.now();
    await expect(renderer.render(endless, ja)).rejects.toMatchObject({ code: 'pdf_failed', status: 503 });
    expect(Date.now() - start).toBeLessThan(20_000);
    expect(pids.some(alive)).toBe(false);
    expect((await inspect(await renderer.render(html('<p>次</p>'), ja))).pages[0]).toContain('次');
  });

  it('replaces the browser after so many documents without losing one', async () => {
    const renderer = opened(createPdfRenderer({ documentsPerBrowser: 3 }));
    const seen = new Set<number>();
    for (let count = 0; count < 7; count += 1) {
      await renderer.render(html(`<p>${count}</p>`), ja);
      for (const pid of renderer.browserPids()) seen.add(pid);
    }
    expect(seen.size).toBe(3);
  });

  it('replaces a browser that holds too much memory', async () => {
    const renderer = opened(createPdfRenderer({ maxBrowserBytes: 1 }));
    await renderer.render(html('<p>1</p>'), ja);
    const [first] = renderer.browserPids();
    await renderer.render(html('<p>2</p>'), ja);
    await expect.poll(() => renderer.browserPids()).not.toContain(first);
  });

  it('leaves no process and no folder behind', async () => {
    const renderer = opened(createPdfRenderer());
    await renderer.render(html('<p>終</p>'), ja);
    const pids = renderer.browserPids();
    const processes = pids.flatMap(family);
    expect(processes.length).toBeGreaterThan(2);
    await renderer.close();
    await expect.poll(() => processes.filter(alive)).toEqual([]);
    await expect
      .poll(() => readdirSync(tmpdir()).filter((name) => name.startsWith(`kantoku-pdf-${process.pid}-`)))
      .toEqual([]);
    await expect(renderer.render(html(''), ja)).rejects.toMatchObject({ code: 'pdf_closed' });
  });

  it('takes the browser along when Node itself is killed', async () => {
    const program = `import { createPdfRenderer } from ${JSON.stringify(fileURLToPath(new URL('../../../server/adapters/pdf/renderer.ts', import.meta.url)))};
      const renderer = createPdfRenderer(); await renderer.warmUp(); console.log(renderer.browserPids()[0]); setInterval(() => {}, 1000);`;
    const node = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await node.stdout.take(1).toArray()) as Buffer[];
    const processes = family(Number(line));
    expect(processes.length).toBeGreaterThan(2);
    node.kill('SIGKILL');
    await expect.poll(() => processes.filter(alive), { timeout: 5_000 }).toEqual([]);
  });

  it('says how to install a browser when there is none', async () => {
    const renderer = opened(createPdfRenderer({ browserPath: '/nowhere/chrome' }));
    await expect(renderer.render(html(''), ja)).rejects.toMatchObject({
      code: 'no_browser',
      publicMessage: {
        ja: expect.stringContaining('/nowhere/chrome'),
        en: expect.stringContaining('PUPPETEER_EXECUTABLE_PATH'),
      },
    });
  });
});

/** Closed when the test ends, however it ends. */
function opened(renderer: PdfRenderer): PdfRenderer {
  onTestFinished(() => renderer.close());
  return renderer;
}

/** A process and all its descendants. */
function family(pid: number): number[] {
  const children = execFileSync('cat', [`/proc/${pid}/task/${pid}/children`])
    .toString()
    .trim();
  return [
    pid,
    ...children
      .split(' ')
      .filter(Boolean)
      .flatMap((child) => family(Number(child))),
  ];
}
