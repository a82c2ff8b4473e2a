import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BreakableApp, buildBreakableApp } from './breakable-app.ts';
import { respondentOf } from './respondent.ts';
import { type SentAssessment, sentAssessment } from './sent-assessment.ts';

let test: BreakableApp;
let sent: SentAssessment;
let vendor: ReturnType<typeof respondentOf>;
/** Not on the cable: sees the database also while it is away for the server. */
let owner: pg.Client;

beforeAll(async () => {
  test = await buildBreakableApp();
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await test.close();
});
beforeEach(async () => {
  sent = await sentAssessment(test.app, test.services);
  vendor = respondentOf(test, sent);
});

/** Resolves once somebody waits for the lock that `owner` holds. */
async function someoneWaits(): Promise<void> {
  for (;;) {
    const { rows } = await owner.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the database goes away', () => {
  it('in the middle of a save: a clear 503, nothing half saved, and the same save works afterwards', async () => {
    await vendor.put('ORG-02', { revision: 0, value: 'yes' });
    await owner.query('begin');
    await owner.query('select 1 from assessments where id = $1 for update', [sent.assessmentId]);
    const saving = vendor.put('ORG-02', { revision: 1, value: 'doc' });
    await someoneWaits();
    await test.cut();
    await owner.query('commit');
    expect(await saving).toMatchObject({ status: 503, json: { code: 'database_unavailable' } });
    await test.mend();
    const { answers } = (await vendor.get('/api/respond/assessment')).json as { answers: object };
    expect(answers).toMatchObject({ 'ORG-02': { value: 'yes', revision: 1 } });
    expect(await vendor.put('ORG-02', { revision: 1, value: 'doc' })).toMatchObject({
      status: 200,
      json: { revision: 2 },
    });
  });

  it('answers 503 while it is away, keeps what was saved, and takes the save when it is back', async () => {
    await vendor.put('ORG-02', { revision: 0, value: 'yes' });
    await test.cut();
    const refused = await vendor.put('ORG-02', { revision: 1, value: 'doc' });
    expect(refused).toMatchObject({
      status: 503,
      json: { code: 'database_unavailable', message: { ja: expect.stringContaining('しばらくして') } },
    });
    await test.mend();
    expect(await vendor.put('ORG-02', { revision: 1, value: 'doc' })).toMatchObject({
      status: 200,
      json: { revision: 2 },
    });
  });

  it('gives a form without scripts back with everything typed, ready to be sent again', async () => {
    await test.cut();
    const fields = {
      'ORG-01.revision': '0',
      'ORG-01.was': '',
      'ORG-01.typed': '消えてはならない <文章>',
      action: 'next',
    };
    const page = await vendor.post('ORG', fields);
    await test.mend();
    expect(page.status).toBe(503);
    expect(page.body).toContain('消えてはならない &lt;文章&gt;');
    const again = Object.fromEntries(
      [...page.body.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value?.replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
      ]),
    );
    expect(again).toEqual(fields);
    expect(await vendor.post('ORG', again as Record<string, string>)).toMatchObject({ status: 303 });
    const { answers } = (await vendor.get('/api/respond/assessment')).json as { answers: object };
    expect(answers).toMatchObject({ 'ORG-01': { value: '消えてはならない <文章>' } });
  });
});
