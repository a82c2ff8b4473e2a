import { randomUUID } from 'node:crypto';
import { appendFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sha256 } from '../../../server/adapters/keys.ts';
import { canonicalJson, reportHash } from '../../../server/adapters/report-hash.ts';
import { issueReport } from '../../../server/features/reports/issue.usecases.ts';
import { renderReportJob } from '../../../server/features/reports/render-report.job.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import {
  finalisedExample,
  memberOfRole,
  rows,
  type Submitted,
  send,
  submitted,
} from '../reviews/submitted-assessment.ts';

let test: TestApp;
/** Settled once; every test issues its own version. */
let work: Submitted;
beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set('2026-11-21T10:00:00+09:00');
  work = await finalisedExample(test, 'EX1');
}, 60_000);
beforeEach(async () => {
  test.services.clock.advance(60_000);
  // Printing takes seconds: no test prints what another one queued.
  await rows(test, "delete from pgboss.job where name = 'render-report' returning id");
});
afterAll(() => test.close());

const issueOver = (form: Record<string, string> = {}, cookie = work.member, of = work) =>
  send(test, cookie, 'POST', `/assessments/${of.assessmentId}/reports`, { form });
const get = (url: string, cookie = work.member) => send(test, cookie, 'GET', url);
const issue = () => issueReport(test.services, work.principal, work.assessmentId);
const files = (id: string) => rows(test, `select * from report_files where report_id = '${id}' order by locale`);
const reportRow = async (id: string) => (await rows(test, `select * from reports where id = '${id}'`))[0];
const events = (action: string) =>
  rows(
    test,
    `select action, subject, actor_name from audit_events where assessment_id = '${work.assessmentId}' and action = '${action}' order by at`,
  );
/** Changes the stored document behind the program's back; the same again puts it right. */
const tamper = (id: string, score: unknown) =>
  rows(
    test,
    `update reports set document = jsonb_set(document, '{summary,score}', '${score}') where id = '${id}' returning id`,
  );

/** Path of the stored bytes of an edition. */
async function storedAt(id: string, locale: 'ja' | 'en'): Promise<string> {
  const key = String((await files(id)).find((file) => file.locale === locale)?.storage_key);
  return join(test.services.config.dataDir, 'evidence', key.slice(0, 2), key);
}

describe('issuing', () => {
  it('freezes a document whose hash verifies, and prints it in both languages', async () => {
    const done = await issueOver();
    expect(done.statusCode).toBe(303);
    const id = /^\/reports\/([\w-]+)\?done=reports\.issued$/.exec(String(done.headers.location))?.[1] ?? '';
    const row = await reportRow(id);
    expect(reportHash(row?.document as object)).toBe(row?.document_hash);
    expect(await files(id)).toMatchObject([{ state: 'queued' }, { state: 'queued' }]);
    const waiting = await get(`/reports/${id}`);
    expect([waiting.statusCode, waiting.headers.refresh]).toEqual([200, '3']);
    expect(waiting.body).toContain('PDFを作成しています');
    expect((await get(`/reports/${id}/ja.pdf`)).statusCode).toBe(409);

    await test.services.drainJobs();
    for (const file of await files(id)) {
      const pdf = await get(`/reports/${id}/${file.locale}.pdf`);
      expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
      expect(pdf.headers['content-disposition']).toBe(
        `attachment; filename="${row?.number}-v${row?.version}.${file.locale}.pdf"`,
      );
      expect(pdf.headers['cache-control']).toBe('no-store');
      expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
      expect([sha256(pdf.rawPayload), pdf.rawPayload.length]).toEqual([file.sha256, Number(file.size)]);
    }
    const ready = await get(`/reports/${id}`);
    expect(ready.headers.refresh).toBeUndefined();
    for (const words of ['不適合', String(row?.document_hash), 'PDFをダウンロード', '1.3'])
      expect(ready.body).toContain(words);
    expect((await events('report.downloaded')).slice(-2)).toEqual(
      ['en', 'ja'].map((locale) => ({
        ...{ action: 'report.downloaded', actor_name: '山田花子' },
        subject: `${row?.number} v${row?.version} (${locale})`,
      })),
    );
  }, 90_000);

  it('hands out the very bytes the hash is taken of', async () => {
    const id = await issue();
    const json = await get(`/reports/${id}/document.json`);
    const row = await reportRow(id);
    expect(sha256(json.rawPayload)).toBe(row?.document_hash);
    expect(json.headers['content-disposition']).toBe(`attachment; filename="${row?.number}-v${row?.version}.json"`);
    expect(json.body).toBe(canonicalJson(row?.document));
    expect((await events('report.downloaded')).at(-1)?.subject).toBe(`${row?.number} v${row?.version} (json)`);
  });

  it('again makes a new version and leaves the old one as it was', async () => {
    const first = await issue();
    const before = await reportRow(first);
    await rows(
      test,
      `update vendors set name = '改名した株式会社' where organisation_id = '${work.organisationId}' returning id`,
    );
    test.services.clock.advance(60_000);
    const second = await issue();
    const after = await reportRow(second);
    expect(after).toMatchObject({ number: before?.number, version: Number(before?.version) + 1 });
    expect(JSON.stringify(after?.document)).toContain('改名した株式会社');
    expect(await reportRow(first)).toEqual(before);
    expect((await get(`/reports/${first}`)).body).toContain(`より新しい第${after?.version}版があります`);
    expect((await get(`/reports/${second}`)).body).toContain(`href="/reports/${first}"`);
  });

  it('at the same time gives every report its own version', async () => {
    const done = await Promise.all(Array.from({ length: 5 }, () => issueOver()));
    const ids = done.map(({ headers }) => /reports\/([\w-]+)/.exec(String(headers.location))?.[1]);
    expect(new Set(ids).size).toBe(5);
    const versions = await rows(
      test,
      `select version from reports where assessment_id = '${work.assessmentId}' order by version`,
    );
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1));
  });

  it('is done once when the same form is sent ten times', async () => {
    const own = await finalisedExample(test, 'EX1');
    const done = await Promise.all(Array.from({ length: 10 }, () => issueOver({ seen: '0' }, own.member, own)));
    expect(new Set(done.map(({ headers }) => headers.location)).size).toBe(1);
    expect(await rows(test, `select 1 from reports where assessment_id = '${own.assessmentId}'`)).toHaveLength(1);
    expect((await issueOver({ seen: '1' }, own.member, own)).headers.location).not.toBe(done[0]?.headers.location);
  }, 40_000);

  it('is refused before finalisation, to auditors, and with unknown fields', async () => {
    const open = await submitted(test, { answers: { 'AUTH-01': { value: 12 } } });
    expect((await issueOver({}, open.member, open)).statusCode).toBe(409);
    const { cookie } = await memberOfRole(test, work, 'auditor');
    expect((await issueOver({}, cookie)).statusCode).toBe(403);
    expect((await issueOver({ version: '9' })).statusCode).toBe(400);
    expect((await issueOver({ seen: '-1' })).statusCode).toBe(400);
  });

  it('tells the history without ninety lines of saved answers', async () => {
    const document = (await reportRow(await issue()))?.document as { history: { action: { ja: string } }[] };
    const told = document.history.map(({ action }) => action.ja);
    expect(told.filter((words) => words.startsWith('回答を保存'))).toEqual(['回答を保存（17回）']);
    expect(told).toContain('回答を提出');
  });

  it('reads of the trail what it tells, not every saved answer with its text', async () => {
    const asked = vi.spyOn(pg.Client.prototype, 'query');
    await issue();
    const texts = asked.mock.calls.map(([query]) =>
      typeof query === 'string' ? query : (query as { text: string }).text,
    );
    asked.mockRestore();
    const ofTrail = texts.filter((text) => /^select.* from "audit_events"/s.test(text));
    expect(ofTrail).toHaveLength(1);
    expect(ofTrail[0]).toContain('group by');
  });

  it('says which proof the vendor did not hand over, and why', async () => {
    const reason = '構成図は来社時に閲覧いただけます。';
    await rows(
      test,
      `update answers set withheld = '${reason}' where assessment_id = '${work.assessmentId}' and question_id = 'LOG-04' returning question_id`,
    );
    const document = (await reportRow(await issue()))?.document as { withheld: object[] };
    expect(document.withheld).toMatchObject([{ subject: 'LOG-04', reason }]);
  });

  it('compares with the assessment of the same service that was settled before', async () => {
    const own = await finalisedExample(test, 'EX1');
    const earlier = randomUUID();
    await rows(
      test,
      `with a as (select * from assessments where id = '${own.assessmentId}'),
        copied as (insert into assessments select (jsonb_populate_record(null::assessments, to_jsonb(a) || jsonb_build_object(
          'id', '${earlier}', 'reference', 'KA-2025-0007', 'finalised_at', a.finalised_at - interval '1 year'))).* from a)
       insert into evaluations select (jsonb_populate_record(null::evaluations, to_jsonb(e) || jsonb_build_object('id', '${randomUUID()}', 'assessment_id', '${earlier}',
         'result', jsonb_set(e.result, '{score}', '0.8')))).* from evaluations e where e.assessment_id = '${own.assessmentId}' and mode = 'final'
       returning id`,
    );
    const id = await issueReport(test.services, own.principal, own.assessmentId);
    const document = (await reportRow(id))?.document as { summary: { previous: unknown } };
    expect(document.summary.previous).toMatchObject({ reference: 'KA-2025-0007', score: 0.8, difference: 0.5 });
    const first = await issueReport(test.services, own.principal, earlier);
    expect((await reportRow(first))?.document).toMatchObject({ summary: { previous: null } });
  }, 40_000);
});

describe('a PDF that cannot be made', () => {
  it('is shown as failed after the last attempt and can be made again', async () => {
    const id = await issue();
    await tamper(id, 99);
    for (let round = 0; round < 6; round += 1) await test.services.drainJobs();
    const failure = 'the stored report does not match its hash';
    expect(await files(id)).toMatchObject([
      { state: 'failed', failure },
      { state: 'failed', failure },
    ]);
    await tamper(id, 1.3);
    expect((await events('report.failed')).length).toBe(2);
    const shown = await get(`/reports/${id}`);
    expect(shown.body).toContain('PDFを作成できませんでした');
    expect(shown.headers.refresh).toBeUndefined();
    const refused = await get(`/reports/${id}/ja.pdf`);
    expect([refused.statusCode, refused.body.includes('作成し直す')]).toEqual([409, true]);

    const auditor = await memberOfRole(test, work, 'auditor');
    expect((await get(`/reports/${id}`, auditor.cookie)).body).not.toContain('/renderings');
    const retry = (cookie: string) => send(test, cookie, 'POST', `/reports/${id}/renderings`, { form: {} });
    expect((await retry(auditor.cookie)).statusCode).toBe(403);
    const retried = await Promise.all([retry(work.member), retry(work.member), retry(work.member)]);
    expect(retried.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    const jobs = await rows(
      test,
      `select 1 from pgboss.job where name = 'render-report' and state = 'created' and data->>'id' = '${id}'`,
    );
    expect(jobs).toHaveLength(2);
    await test.services.drainJobs();
    expect(await files(id)).toMatchObject([{ state: 'ready', failure: null }, { state: 'ready' }]);
    expect((await get(`/reports/${id}/en.pdf`)).statusCode).toBe(200);
  }, 90_000);

  it('printed by two workers at once is kept once', async () => {
    const id = await issue();
    const [stored, rendered] = [count(), (await events('report.rendered')).length];
    const job = { organisationId: work.organisationId, id, locale: 'ja' as const };
    const { run } = renderReportJob(test.services);
    await Promise.all([run(job), run(job)]);
    expect(count()).toBe(stored + 1);
    expect(await events('report.rendered')).toHaveLength(rendered + 1);
    expect((await get(`/reports/${id}/ja.pdf`)).statusCode).toBe(200);
  }, 60_000);

  it('a job that runs twice, or gives up late, changes nothing', async () => {
    const id = await issue();
    await test.services.drainJobs();
    const before = await files(id);
    const stored = count();
    await test.services.database.inOrganisation(work.organisationId, async (db) => {
      for (const locale of ['ja', 'en'] as const) {
        await test.services.queue.send(db, 'render-report', { organisationId: work.organisationId, id, locale });
      }
    });
    await test.services.drainJobs();
    expect(await files(id)).toEqual(before);
    expect(count()).toBe(stored);
    const { organisationId } = work;
    await renderReportJob(test.services).giveUp(
      { organisationId, id, locale: 'ja' },
      'the worker was killed after the work',
    );
    expect(await files(id)).toEqual(before);
  }, 60_000);
});

/** Stored files of any kind. */
function count(): number {
  return readdirSync(join(test.services.config.dataDir, 'evidence'), { recursive: true }).filter((name) =>
    statSync(join(test.services.config.dataDir, 'evidence', String(name))).isFile(),
  ).length;
}

describe('a stored PDF that is not the one that was made', () => {
  it.each(['changed', 'missing'])(
    'is not handed out when %s, and can be made again',
    async (how) => {
      const id = await issue();
      await test.services.drainJobs();
      const path = await storedAt(id, 'ja');
      if (how === 'missing') rmSync(path);
      else appendFileSync(path, ' ');
      const refused = await get(`/reports/${id}/ja.pdf`);
      expect(refused.statusCode).toBe(409);
      expect(refused.body).toContain('作成時のものと一致しない');
      expect(await files(id)).toMatchObject([
        { locale: 'en', state: 'ready' },
        { locale: 'ja', state: 'failed' },
      ]);
      const row = await reportRow(id);
      expect((await events('report.damaged')).at(-1)?.subject).toBe(`${row?.number} v${row?.version} (ja)`);
      expect((await get(`/reports/${id}/en.pdf`)).statusCode).toBe(200);
      await send(test, work.member, 'POST', `/reports/${id}/renderings`, { form: {} }, 303);
      await test.services.drainJobs();
      expect((await get(`/reports/${id}/ja.pdf`)).rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    },
    60_000,
  );
});

describe('a stored document that is not the one that was issued', () => {
  it('is shown as such, is not handed out and not printed', async () => {
    const id = await issue();
    await rows(
      test,
      `update reports set document = jsonb_set(document, '{summary,score}', '99') where id = '${id}' returning id`,
    );
    expect((await get(`/reports/${id}`)).body).toContain('発行時のものと一致しません');
    const json = await get(`/reports/${id}/document.json`);
    expect([json.statusCode, json.body.includes('発行時のハッシュと一致しません')]).toEqual([409, true]);
    for (let round = 0; round < 6; round += 1) await test.services.drainJobs();
    expect(await files(id)).toMatchObject([{ state: 'failed' }, { state: 'failed' }]);
  });
});

describe('the list', () => {
  it('shows what was issued, newest first, by vendor if asked', async () => {
    const other = await finalisedExample(test, 'EX1');
    expect((await get('/reports', other.member)).body).toContain('報告書はまだありません');
    await issue();
    const all = await get('/reports');
    expect(all.statusCode).toBe(200);
    const newest = await rows(
      test,
      `select number, version from reports where assessment_id = '${work.assessmentId}' order by version desc limit 1`,
    );
    expect(all.body).toContain(`${newest[0]?.number}</a><span class="table__sub">第${newest[0]?.version}版`);
    const vendor = (await rows(test, `select id from vendors where organisation_id = '${work.organisationId}'`))[0]?.id;
    expect((await get(`/reports?vendor=${vendor}`)).body).toContain(String(newest[0]?.number));
    expect((await get(`/reports?vendor=${randomUUID()}`)).body).toContain('この委託先の報告書はありません');
    for (const query of ['?vendor=x', '?page=0', '?page=-1', '?page=abc', '?lang=en']) {
      expect((await get(`/reports${query}`)).statusCode).toBe(200);
    }
    expect((await get('/reports?other=1')).statusCode).toBe(400);
  }, 40_000);
});

describe('what does not exist', () => {
  it('is the same 404, whatever the id is, for strangers of another organisation too', async () => {
    const id = await issue();
    const stranger = await submitted(test, { answers: { 'AUTH-01': { value: 12 } } });
    const bodies = new Set<string>();
    const ask = async (method: 'GET' | 'POST', url: string, cookie = work.member) => {
      const response = await send(test, cookie, method, url, method === 'POST' ? { form: {} } : {});
      expect([url, response.statusCode]).toEqual([url, 404]);
      bodies.add(/<main[\s\S]*<\/main>/.exec(response.body)?.[0] ?? '');
    };
    const paths = ['', '/ja.pdf', '/en.pdf', '/document.json'];
    for (const path of paths) await ask('GET', `/reports/${id}${path}`, stranger.member);
    await ask('POST', `/reports/${id}/renderings`, stranger.member);
    await ask('POST', `/assessments/${work.assessmentId}/reports`, stranger.member);
    for (const unknown of [randomUUID(), 'no-id', '1', 'x'.repeat(120)]) {
      for (const path of paths) await ask('GET', `/reports/${unknown}${path}`);
      await ask('POST', `/reports/${unknown}/renderings`);
      await ask('POST', `/assessments/${unknown}/reports`);
    }
    for (const edition of ['fr.pdf', 'ja', 'ja.PDF', '.pdf', 'ja.pdf.pdf'])
      await ask('GET', `/reports/${id}/${edition}`);
    expect(bodies.size).toBe(1);
  });

  it('the vendor and people without a session get nothing', async () => {
    const id = await issue();
    for (const cookie of ['', work.respondent]) {
      for (const url of ['/reports', `/reports/${id}`, `/reports/${id}/ja.pdf`, `/reports/${id}/document.json`]) {
        expect([url, (await get(url, cookie)).statusCode]).toEqual([url, 401]);
      }
    }
  });

  it('an auditor reads and downloads, which is recorded under their name', async () => {
    const id = await issue();
    const { cookie } = await memberOfRole(test, work, 'auditor', '監査次郎');
    expect((await get('/reports', cookie)).statusCode).toBe(200);
    expect((await get(`/reports/${id}`, cookie)).body).not.toContain('版を発行する');
    expect((await get(`/reports/${id}/document.json`, cookie)).statusCode).toBe(200);
    expect((await events('report.downloaded')).at(-1)?.actor_name).toBe('監査次郎');
  });
});
