import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { respondentLinks } from '../../db/schema/index.ts';
import { addDays, tokyoDate } from '../../server/domain/assessment/calendar.ts';
import { type SentAssessment, sentAssessment, signIn } from '../features/answers/sent-assessment.ts';
import { buildTestApp, type TestApp } from '../support/app.ts';
import { asOwner, TEST_SECRET } from '../support/database.ts';
import { freePort } from '../support/free-port.ts';
import { openBrowser } from '../support/test-browser.ts';

const KILLS = 30;
/** Who types where: two share a section, so that their saves also meet at the server. */
const PEOPLE = [
  { name: '田中', section: 'AUTH', questions: ['AUTH-01', 'AUTH-02', 'AUTH-03', 'AUTH-04'] },
  { name: '鈴木', section: 'AUTH', questions: ['AUTH-05', 'AUTH-06', 'AUTH-07'] },
  { name: '佐藤', section: 'ORG', questions: ['ORG-01', 'ORG-02', 'ORG-03', 'ORG-04'] },
];

/** A save the server confirmed, which is what makes the page say "saved". */
type Confirmed = { name: string; questionId: string; revision: number; comment: string };
type Recorded = { questionId: string; revision: number; name: string; from: string; to: string };

let test: TestApp;
let browser: Browser;
let folder: string;
let port: number;
let server: ChildProcess | undefined;

beforeAll(async () => {
  port = await freePort();
  folder = mkdtempSync(join(tmpdir(), 'kantoku-lost-'));
  test = await buildTestApp({ PORT: String(port) });
  // The server under test is another process, with the real clock.
  test.services.clock.set(new Date().toISOString());
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await kill();
  await browser?.close();
  await test?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a server killed 30 times while three people type loses nothing that was shown as saved', {
  timeout: 900_000,
}, async () => {
  const dueOn = addDays(tokyoDate(new Date()), 30);
  const sent = await sentAssessment(test.app, test.services, { dueOn });
  await startOnceForTheCache();
  await start();
  const confirmed: Confirmed[] = [];
  const failed = { saves: 0 };
  const pages = await Promise.all(PEOPLE.map((person) => openPage(sent, person, confirmed, failed)));
  let typing = true;
  const typists = PEOPLE.map((person, at) => type(pages[at] as Page, person.questions, () => typing));

  for (let round = 0; round < KILLS; round += 1) {
    await pause(150 + Math.random() * 700);
    await kill();
    await start();
  }
  typing = false;
  const typed = await Promise.all(typists);
  await Promise.all(pages.map((page) => settle(page)));

  expect(failed.saves, 'kills that hit a save on its way').toBeGreaterThan(0);
  expect(confirmed.length).toBeGreaterThan(KILLS);
  const trail = await recorded(sent);
  for (const one of confirmed) {
    const event = trail.find(({ questionId, revision }) => questionId === one.questionId && revision === one.revision);
    expect(event, `${one.questionId} revision ${one.revision}`).toMatchObject({ name: one.name, to: one.comment });
  }
  for (const [questionId, events] of Map.groupBy(trail, (event) => event.questionId)) {
    expect(
      events.map(({ revision }) => revision),
      questionId,
    ).toEqual(events.map((_, index) => index + 1));
    for (const [index, { from }] of events.entries()) expect(from).toBe(events[index - 1]?.to ?? '');
  }
  expect(await comments(sent)).toEqual(Object.assign({}, ...typed));
});

/** A page of the running server, signed in as this person. */
async function openPage(
  sent: SentAssessment,
  { name, section }: (typeof PEOPLE)[number],
  confirmed: Confirmed[],
  failed: { saves: number },
): Promise<Page> {
  const linkId = randomUUID();
  const { organisationId, assessmentId } = sent;
  await test.services.database.inOrganisation(organisationId, (db) =>
    db
      .insert(respondentLinks)
      .values({ organisationId, id: linkId, assessmentId, name, email: `${linkId}@example.jp`, tokenHash: linkId }),
  );
  const [cookie = '', value = ''] = (await signIn(test.app, test.services, { ...sent, linkId }, 'respondent')).split(
    '=',
  );
  const context = await browser.newContext({ locale: 'ja-JP', baseURL: test.services.config.publicUrl });
  await context.addCookies([
    { name: cookie, value, domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' },
  ]);
  const page = await context.newPage();
  page.on('requestfailed', (request) => {
    if (request.url().includes('/api/respond/answers/')) failed.saves += 1;
  });
  page.on('response', async (response) => {
    const questionId = /\/api\/respond\/answers\/(.+)$/.exec(response.url())?.[1];
    if (!questionId || response.status() !== 200) return;
    const reply = await response.json().catch(() => null);
    const comment = new URLSearchParams(response.request().postData() ?? '').get(`${questionId}.comment`);
    if (reply && comment !== null) confirmed.push({ name, questionId, revision: reply.revision, comment });
  });
  await page.goto(`/respond/sections/${section}`);
  await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
  return page;
}

/** Types until told to stop; resolves to the last text of each question. */
async function type(page: Page, questions: readonly string[], goesOn: () => boolean): Promise<Record<string, string>> {
  const last: Record<string, string> = {};
  for (let turn = 1; goesOn(); turn += 1) {
    const questionId = questions[turn % questions.length] ?? '';
    last[questionId] = `${turn}回目の補足。${'続きを入力しています。'.repeat(turn % 4)}`;
    const field = page.locator(`[id="${questionId}-comment"]`);
    await field.fill(last[questionId]);
    // Leaving the field saves at once; sometimes the next one is begun before the pause has passed.
    if (turn % 3 > 0) await field.blur();
    await pause(200 + Math.random() * 400);
  }
  return last;
}

/** Waits until the page shows every question it has touched as saved. */
async function settle(page: Page): Promise<void> {
  await vi.waitFor(
    async () => {
      await page.evaluate(`dispatchEvent(new Event('online'))`);
      const states = (await page.locator('[data-state]').allTextContents()).filter(Boolean);
      expect(states.length).toBeGreaterThan(0);
      for (const state of states) expect(state).toMatch(/^保存済み/);
    },
    { timeout: 90_000, interval: 2_500 },
  );
  await page.waitForTimeout(2_500);
}

async function recorded({ assessmentId }: SentAssessment): Promise<Recorded[]> {
  const { rows } = await query(
    `select subject as "questionId", (details->>'revision')::int as revision, actor_name as name,
            coalesce(details->'from'->>'comment', '') as "from", coalesce(details->'to'->>'comment', '') as "to"
       from audit_events where assessment_id = $1 and action = 'answer.saved' order by subject, revision`,
    assessmentId,
  );
  return rows as Recorded[];
}

async function comments({ assessmentId }: SentAssessment): Promise<Record<string, string>> {
  const { rows } = await query('select question_id, comment from answers where assessment_id = $1', assessmentId);
  return Object.fromEntries(rows.map((row) => [row.question_id, row.comment]));
}

async function query(text: string, assessmentId: string): Promise<{ rows: Record<string, unknown>[] }> {
  let result: { rows: Record<string, unknown>[] } = { rows: [] };
  await asOwner(test.services.ownerUrl, async (owner) => {
    result = await owner.query(text, [assessmentId]);
  });
  return result;
}

async function start(): Promise<void> {
  const script = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
  server = spawn(process.execPath, [script, '--web'], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: test.services.ownerUrl,
      APP_SECRET: TEST_SECRET,
      DATA_DIR: folder,
      PORT: String(port),
      LOG_LEVEL: 'error',
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
    },
  });
  await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200), {
    timeout: 40_000,
    interval: 50,
  });
}

/** Node writes its cache of compiled modules at a proper end, and then starts in half the time. */
async function startOnceForTheCache(): Promise<void> {
  await start();
  server?.kill('SIGTERM');
  if (server) await once(server, 'exit');
}

async function kill(): Promise<void> {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGKILL');
  await once(server, 'exit');
}
