import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** WCAG 2.2 A and AA, and what axe counts as good practice. */
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What keeps people out of the page as it stands: what axe finds, and content that sticks out sideways. A line each; none on a
 * page for everybody. Throws when axe looked at nothing.
 */
export async function barriers(page: Page): Promise<string[]> {
  const { violations, passes } = await new AxeBuilder({ page })
    .options({ runOnly: { type: 'tag', values: STANDARDS }, resultTypes: ['violations'], preload: false })
    // No page of ours has frames; without them axe needs no second page to gather what it found.
    .setLegacyMode(true)
    .analyze();
  if (passes.length < 10) throw new Error(`axe found next to nothing to check on ${page.url()}`);
  const { pathname } = new URL(page.url());
  const found = violations.map(
    ({ id, nodes }) => `${pathname}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
  const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  return tooWide > 0 ? [...found, `${pathname}: ${tooWide} px too wide`] : found;
}
