import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { connect } from '../../../db/client.ts';
import { remindDue } from '../../../server/features/reminders/remind-due.usecases.ts';
import { startReminders } from '../../../server/reminders.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { newSent, rows, START } from '../assessments/drafts.ts';
import { newCustomer } from '../vendors/customer.ts';

const MONDAY = '2026-12-07T09:00:00+09:00';
let test: TestApp;
let ids: string[];

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.services.clock.set(START);
  await rows(test, `update assessments set state = 'revoked'`, []);
  ids = [];
  for (let at = 0; at < 3; at += 1) {
    const { owner } = await newCustomer(test);
    for (let each = 0; each < 4; each += 1) ids.push(await newSent(test, owner.principal));
  }
});

const sent = () =>
  rows(
    test,
    `select a.id, count(distinct m.id)::int as mails, count(distinct r.step)::int as stamps, count(distinct e.id)::int as events
       from assessments a left join mails m on m.assessment_id = a.id and m.kind = 'reminder'
       left join reminders r on r.assessment_id = a.id and r.mail_id = m.id
       left join audit_events e on e.assessment_id = a.id and e.action = 'assessment.autoReminded'
      where a.id = any ($1) group by a.id`,
    [ids],
  );
const onceEach = () => ids.map((id) => ({ id, mails: 1, stamps: 1, events: 1 })).sort(byId);
const byId = (a: Record<string, unknown>, b: Record<string, unknown>) => String(a.id).localeCompare(String(b.id));

it('reminds once however many workers look at the same time', async () => {
  test.services.clock.set(MONDAY);
  const pools = Array.from({ length: 4 }, () => connect(appUrl(), { max: 3, onError: () => {} }));
  const looks = [...pools, ...pools].map((database) => remindDue({ ...test.services, database }));
  const counts = await Promise.all(looks);
  await Promise.all(pools.map((pool) => pool.close()));
  expect(counts.reduce((sum, count) => sum + count)).toBe(ids.length);
  expect((await sent()).sort(byId)).toEqual(onceEach());
});

it('neither loses nor doubles the reminder of a worker that was killed before the commit', async () => {
  const script = fileURLToPath(new URL('../../support/stuck-reminder.ts', import.meta.url));
  const args = [script, appUrl(), test.services.config.dataDir, TEST_SECRET, MONDAY];
  const killed = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(killed.stdout, 'data');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  test.services.clock.set(MONDAY);
  await vi.waitFor(
    async () => {
      await remindDue(test.services);
      expect((await sent()).sort(byId)).toEqual(onceEach());
    },
    { timeout: 20_000 },
  );
});

it('a worker looks as soon as it starts and every minute, and never after it was stopped', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const looks = vi.spyOn(test.services.database, 'byCredential');
  try {
    test.services.clock.set(MONDAY);
    const reminders = startReminders(test.services);
    await vi.waitFor(async () => expect((await sent()).sort(byId)).toEqual(onceEach()), { timeout: 20_000 });
    await vi.waitFor(() => {
      vi.advanceTimersByTime(60_000);
      expect(looks).toHaveBeenCalledTimes(2);
    });
    await reminders.stop();
    test.services.clock.set('2026-12-11T09:00:00+09:00');
    vi.advanceTimersByTime(600_000);
    expect(looks).toHaveBeenCalledTimes(2);
    expect((await sent()).sort(byId)).toEqual(onceEach());
  } finally {
    looks.mockRestore();
    vi.useRealTimers();
  }
});

it('a look that is stopped leaves the rest to the next one', async () => {
  test.services.clock.set(MONDAY);
  let seen = 0;
  const stop = {
    get aborted() {
      seen += 1;
      return seen > 4;
    },
  };
  const first = await remindDue(test.services, stop);
  expect(first).toBeLessThan(ids.length);
  expect(first + (await remindDue(test.services))).toBe(ids.length);
  expect((await sent()).sort(byId)).toEqual(onceEach());
});

/** The address the server works with: the role that owns nothing. */
function appUrl(): string {
  return test.services.appUrl;
}
