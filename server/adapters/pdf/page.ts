import type { Browser, BrowserContext, HTTPRequest, Page } from 'puppeteer';

/** A page of its own context with scripts off and every request refused, ready to take one document. */
export type BlankPage = { readonly page: Page; close(): Promise<void> };

/** What every document is printed with: the paper its own CSS asks for, tags for screen readers, bookmarks. */
export const PDF_OPTIONS = {
  preferCSSPageSize: true,
  printBackground: true,
  tagged: true,
  outline: true,
  waitForFonts: false,
  timeout: 0,
};

const CONTENT_SECURITY_POLICY =
  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'\">";
/** Laid out for paper only: nobody looks at the page on a screen. */
const PAPER_ONLY = '<style>@media screen{body{display:none}}</style>';
/** Loads both weights of the font before a document waits for them. */
const WARM_UP =
  '<!doctype html><html lang="ja"><body style="font-family:BIZ UDPGothic">監査 Aa1 <b>監査 Aa1</b></body></html>';

export async function openBlankPage(browser: Browser): Promise<BlankPage> {
  const context: BrowserContext = await browser.createBrowserContext({ downloadBehavior: { policy: 'deny' } });
  const page = await context.newPage();
  await page.setJavaScriptEnabled(false);
  await page.setOfflineMode(true);
  await page.setRequestInterception(true);
  page.on('request', refuseUnlessData);
  await page.setContent(WARM_UP);
  return { page, close: () => context.close() };
}

/** The HTML as tagged, bookmarked PDF bytes, in the page size its own CSS asks for. */
export async function print({ page }: BlankPage, html: string): Promise<Uint8Array> {
  await page.setContent(withPolicy(html), { waitUntil: 'load', timeout: 0 });
  return page.pdf(PDF_OPTIONS);
}

function refuseUnlessData(request: HTTPRequest): void {
  const answer = request.url().startsWith('data:') ? request.continue() : request.abort('blockedbyclient');
  answer.catch(() => {
    // The page closed meanwhile; nothing is left to refuse.
  });
}

/** The policy has to stand before anything it governs, whoever wrote the document. */
function withPolicy(html: string): string {
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? '';
  return `${doctype}${CONTENT_SECURITY_POLICY}${PAPER_ONLY}${html.slice(doctype.length)}`;
}
