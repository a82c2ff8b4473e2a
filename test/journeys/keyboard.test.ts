import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asksNewest } from '../features/answers/advised.ts';
import { invited, mailedCode } from '../features/respondents/visitor.ts';
import { look, openStage, type Stage, type Visit } from './stage.ts';

/**
 * The vendor's whole way by keyboard alone: no click, no fill, no focus() anywhere below. Each stop is looked at by focus-probe.js:
 * seen, outlined, large enough, in reading order, and never lost to the body.
 */
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage?.close());

type Stop = { name: string; problems: string[] };

/** A person with a keyboard; `problems` gathers what was wrong at any stop. */
function typist(page: Page) {
  const problems = new Set<string>();
  const press = (key: string) => page.keyboard.press(key);
  const holds = (selector: string) =>
    page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`);
  const restart = () => page.evaluate('focusProbe.last = null');
  async function check() {
    const stop = await page.evaluate<Stop>('focusProbe()');
    for (const problem of stop.problems) problems.add(problem);
    return stop.name;
  }
  async function tabTo(selector: string, key: 'Tab' | 'Shift+Tab' = 'Tab') {
    for (let presses = 0; presses < 500; presses += 1) {
      await press(key);
      if (key === 'Shift+Tab') await restart();
      await check();
      if (await holds(selector)) return;
    }
    throw new Error(`no way to ${selector} on ${page.url()}`);
  }
  async function leadsTo(pattern: RegExp, key = 'Enter') {
    await Promise.all([page.waitForURL(pattern), press(key)]);
    await page.waitForLoadState('load');
  }
  /** What happened meanwhile left the focus where it was. */
  async function staysAt(selector: string) {
    await expect.poll(() => holds(selector), { message: `the focus is not at ${selector}` }).toBe(true);
    await check();
  }
  return { problems, press, tabTo, leadsTo, staysAt, restart, type: (text: string) => page.keyboard.type(text) };
}
type Typist = ReturnType<typeof typist>;

const question = (page: Page, id: string) => page.locator(`[id="q-${id}"]`);
const stored = async (page: Page, id: string) =>
  (await (await page.request.get('/api/respond/assessment')).json()).answers[id];
const holdsValue = (page: Page, id: string, expected: object) =>
  expect.poll(() => stored(page, id), { timeout: 15_000 }).toMatchObject(expected);
const isSaved = (page: Page, id: string) =>
  question(page, id)
    .locator('[data-state]')
    .getByText(/^(保存済み|Saved)/)
    .waitFor();

async function enter(page: Page, hand: Typist, token: string): Promise<void> {
  await page.goto(`/v#${token}`);
  await hand.tabTo('#entry button');
  await hand.leadsTo(/\/v\/code$/);
  await hand.tabTo('input[name="code"]');
  await hand.type(await mailedCode(stage.services));
  await hand.tabTo('form.card button');
  await hand.leadsTo(/\/respond$/);
}

/** A radio, several boxes, a number in full-width digits, 該当なし with its reason, and what folds. */
async function answerSection(page: Page, hand: Typist): Promise<void> {
  await hand.tabTo('.skip-link');
  await hand.press('Enter');
  await hand.restart();
  await hand.tabTo('main a, main summary');
  await hand.tabTo('[id="AUTH-01-typed"]');
  await hand.type('６');
  await hand.press('Control+Enter');
  await isSaved(page, 'AUTH-01');
  await question(page, 'AUTH-01').locator('.advice').waitFor();
  await hand.staysAt('[id="AUTH-01-typed"]');
  await holdsValue(page, 'AUTH-01', { value: 6 });
  await hand.tabTo('[data-question="AUTH-01"] [data-plan] > summary');
  await hand.press('Enter');
  await hand.tabTo('[data-question="AUTH-01"] [data-plan] input');
  await hand.type('令和9年3月31日');
  await hand.tabTo('[data-question="AUTH-01"] [data-plan] textarea');
  await hand.type('最小10文字に改める。');
  await hand.tabTo('[data-question="AUTH-01"] .question__comment > summary');
  await hand.press('Enter');
  await hand.tabTo('[id="AUTH-01-comment"]');
  await hand.type('管理者を含みます。');
  await hand.press('Control+Enter');
  await holdsValue(page, 'AUTH-01', { comment: '管理者を含みます。' });
  await hand.staysAt('[id="AUTH-01-comment"]');

  await hand.tabTo('[id="AUTH-02-common"]');
  await hand.press('Space');
  await hand.tabTo('[id="AUTH-02-breached"]');
  await hand.press('Space');
  await hand.press('Control+Enter');
  await holdsValue(page, 'AUTH-02', { value: ['common', 'breached'] });
  await hand.staysAt('[id="AUTH-02-breached"]');

  await hand.tabTo('[id="AUTH-03-mix"]');
  await hand.press('ArrowDown');
  await hand.press('Control+Enter');
  await holdsValue(page, 'AUTH-03', { value: 'long' });
  await hand.tabTo('[data-question="AUTH-03"] .question__add-on:not([data-plan]) > summary');
  await hand.press('Enter');
  await hand.tabTo('[name="AUTH-03.conditionalChoice"]');
  // From "none" at the end of the group around to its first option.
  await hand.press('ArrowDown');
  await hand.tabTo('[id="AUTH-03-condition"]');
  await hand.type('二要素認証を使う場合');
  await hand.tabTo('[name="AUTH-04.choice"]');
  // From the first of a group upwards to the last: 該当なし.
  await hand.press('ArrowUp');
  await hand.staysAt('[id="AUTH-04-na"]');
  await hand.tabTo('[id="AUTH-04-naReason"]');
  await hand.type('シングルサインオンのみのため。');
  await hand.press('Control+Enter');
  await holdsValue(page, 'AUTH-04', { value: 'na', naReason: 'シングルサインオンのみのため。' });
}

/** Somebody else was faster: the panel takes the focus, and both ways out of it give it back to the question. */
async function settleConflicts(page: Page, hand: Typist): Promise<void> {
  for (const [button, expected] of [
    ['[data-keep-theirs]', 'kdf'],
    ['[data-keep-mine]', 'fast'],
  ] as const) {
    const revision = (await stored(page, 'AUTH-07'))?.revision ?? 0;
    const saved = await page.request.put('/api/respond/answers/AUTH-07', {
      data: { revision, value: button === '[data-keep-mine]' ? 'bad' : 'kdf' },
      headers: { origin: stage.url },
    });
    expect(saved.status()).toBe(200);
    await hand.tabTo('[name="AUTH-07.choice"]');
    await hand.press('ArrowDown');
    await question(page, 'AUTH-07').getByRole('alert').waitFor();
    await hand.restart();
    await hand.staysAt('.conflict');
    await hand.tabTo(button);
    await hand.press('Enter');
    await question(page, 'AUTH-07').getByRole('alert').waitFor({ state: 'detached' });
    await hand.restart();
    await hand.staysAt('[id="q-AUTH-07"]');
    await holdsValue(page, 'AUTH-07', { value: expected });
    await expect.poll(() => page.locator(`[id="AUTH-07-${expected}"]`).isChecked()).toBe(true);
  }
}

async function ask(page: Page, hand: Typist): Promise<void> {
  await hand.tabTo('button[value="ask:AUTH-08"]');
  await hand.leadsTo(/\/respond\/messages\/AUTH-08$/);
  await hand.tabTo('textarea[name="body"]');
  await hand.type('対象の範囲を教えてください。');
  await hand.tabTo('button[value="message"]');
  await hand.leadsTo(/done=/);
  await page.getByText('対象の範囲を教えてください。').waitFor();
  await hand.tabTo('.back-link');
  await hand.leadsTo(/\/respond\/sections\/AUTH#q-AUTH-08$/);
  await hand.tabTo('[data-question="AUTH-08"] .question__ask a');
  await hand.tabTo('.respond-buttons button[value="next"]');
  await hand.leadsTo(/\/respond\/sections\/VUL/);
}

async function submit(hand: Typist): Promise<void> {
  await hand.tabTo('a[href="/respond/check"]');
  await hand.leadsTo(/\/respond\/check$/);
  await hand.tabTo('form[action="/respond/submission"] button');
  await hand.leadsTo(/\/respond\/submission$/);
  await hand.staysAt('.error-summary');
  await hand.tabTo('.error-summary a');
  await hand.press('Enter');
  await hand.restart();
  await hand.staysAt('input[name="title"]');
  await hand.type('情報セキュリティ部 部長');
  await hand.tabTo('#unanswered');
  await hand.press('Space');
  await hand.tabTo('#attested');
  await hand.press('Space');
  await hand.tabTo('form[action="/respond/submission"] button');
  await hand.leadsTo(/\/respond\/receipt$/);
  await hand.tabTo('main .button');
}

describe('by keyboard alone, from the mail to the receipt', () => {
  it.each([
    ['ja', { locale: 'ja-JP', viewport: { width: 1280, height: 900 } }],
    ['en', { locale: 'en-GB', viewport: { width: 360, height: 740 } }],
  ] as const)('%s', { timeout: 240_000 }, async (lang, options) => {
    stage.services.clock.advance(30 * 60_000);
    const { page, complaints, close }: Visit = await stage.visit(options);
    page.setDefaultTimeout(20_000);
    await page.addInitScript({ path: fileURLToPath(new URL('focus-probe.js', import.meta.url)) });
    const hand = typist(page);
    await enter(page, hand, (await request()).token);

    await hand.tabTo('a.button[href="/respond/sections"]');
    await hand.leadsTo(/\/respond\/sections$/);
    await hand.tabTo('a[href="/respond/sections/AUTH"]');
    await hand.leadsTo(/\/respond\/sections\/AUTH$/);
    await answerSection(page, hand);
    await settleConflicts(page, hand);
    await look(page, `keyboard-${lang}`);
    await ask(page, hand);

    await hand.tabTo('[id="VUL-07-typed"]');
    await hand.type('令和8年10月1日');
    await hand.press('Control+Enter');
    await holdsValue(page, 'VUL-07', { value: '2026-10-01' });
    await hand.staysAt('[id="VUL-07-typed"]');
    await hand.tabTo('[data-question="VUL-07"] [data-history]');
    await hand.tabTo('[id="VUL-07-typed"]', 'Shift+Tab');
    await submit(hand);
    expect([...hand.problems]).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});

/** A request with advice and plans. */
function request() {
  return invited(stage.app, stage.services, asksNewest(stage.services));
}
