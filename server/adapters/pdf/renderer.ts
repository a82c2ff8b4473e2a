import { AppError } from '../../errors.ts';
import { createTurnstile } from '../../turnstile.ts';
import { createBrowserPool } from './browser-pool.ts';
import { type DocumentProperties, finishPdf } from './finish.ts';
import { describe } from './isolation.ts';
import { print } from './page.ts';

export type PdfRendererConfig = {
  /** PUPPETEER_EXECUTABLE_PATH; undefined: look for an installed browser. */
  readonly browserPath?: string | undefined;
  /** Documents printed at the same time; the rest wait. */
  readonly concurrency?: number;
  /** A browser is replaced after so many documents, or when its processes together hold more memory. */
  readonly documentsPerBrowser?: number;
  readonly maxBrowserBytes?: number;
  /** One attempt; then the browser is killed and a fresh one tries once more. */
  readonly attemptMs?: number;
  /** Both attempts together. */
  readonly deadlineMs?: number;
  /** Told about kills and retries. */
  readonly onIncident?: (message: string) => void;
};

export type RenderOptions = { readonly title: string; readonly lang: 'ja' | 'en' } & Partial<DocumentProperties>;
export type PdfRenderer = {
  /**
   * HTML without any reference to the outside → tagged PDF bytes with bookmarks, document title and language.
   * Throws AppError 503: `no_browser`, `browser_failed`, `pdf_failed` (both attempts failed), `pdf_closed`.
   */
  render(html: string, options: RenderOptions): Promise<Uint8Array>;
  /** Starts the browser now instead of with the first document. */
  warmUp(): Promise<void>;
  /** What keeps the browser from the network, for logs and /readyz. */
  isolation(): string;
  /** Process ids of the browsers that run now. */
  browserPids(): number[];
  close(): Promise<void>;
};

/** For a browser that does not answer at all; Puppeteer's own default would wait three minutes. */
const PROTOCOL_TIMEOUT_MS = 30_000;

export function createPdfRenderer(config: PdfRendererConfig = {}): PdfRenderer {
  const concurrency = config.concurrency ?? 2;
  const attemptMs = config.attemptMs ?? 30_000;
  const deadlineMs = config.deadlineMs ?? 45_000;
  const report = config.onIncident ?? (() => undefined);
  const turnstile = createTurnstile(concurrency);
  const pool = createBrowserPool({
    browserPath: config.browserPath,
    spares: concurrency,
    documentsPerBrowser: config.documentsPerBrowser ?? 60,
    maxBrowserBytes: config.maxBrowserBytes ?? 1.5 * 1024 ** 3,
    protocolTimeoutMs: PROTOCOL_TIMEOUT_MS,
  });

  async function render(html: string, options: RenderOptions): Promise<Uint8Array> {
    const bytes = await turnstile.pass(() => printWithRetry(html));
    return finishPdf(bytes, options);
  }

  async function printWithRetry(html: string): Promise<Uint8Array> {
    const end = Date.now() + deadlineMs;
    try {
      return await printOnce(html, Math.min(attemptMs, deadlineMs));
    } catch (error) {
      if (error instanceof AppError && error.code !== 'browser_failed') throw error;
      report(`PDF attempt failed, trying once more on a fresh browser: ${String(error)}`);
    }
    try {
      return await printOnce(html, Math.max(1_000, end - Date.now()));
    } catch (error) {
      throw error instanceof AppError ? error : pdfFailed(error);
    }
  }

  async function printOnce(html: string, limitMs: number): Promise<Uint8Array> {
    const seat = await pool.take();
    try {
      const bytes = await within(limitMs, seat.fail, print(seat.blank, html));
      seat.leave();
      return bytes;
    } catch (error) {
      seat.fail();
      throw error;
    }
  }

  return {
    render,
    async warmUp() {
      await pool.ready();
    },
    isolation: () => describe(pool.isolation()),
    browserPids: pool.pids,
    async close() {
      turnstile.close(stopping());
      await pool.close();
    },
  };
}

/** A looping renderer or a stopped process answers nothing, not even a timeout: only SIGKILL ends it. */
function within<T>(limitMs: number, kill: () => void, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      kill();
      reject(new Error(`not printed within ${limitMs} ms`));
    }, limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function stopping(): AppError {
  return new AppError(503, 'pdf_closed', {
    ja: 'サーバーを停止しているため、PDFを作成できません。再起動後にもう一度お試しください。',
    en: 'The server is stopping, so the PDF cannot be made. Try again after it has restarted.',
  });
}

function pdfFailed(cause: unknown): AppError {
  return new AppError(
    503,
    'pdf_failed',
    {
      ja: 'PDFを作成できませんでした（ブラウザが2回続けて応答しませんでした）。少し待ってからもう一度お試しください。',
      en: 'The PDF could not be made (the browser failed twice in a row). Wait a moment and try again.',
    },
    { cause },
  );
}
