import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asOwner } from '../../support/database.ts';
import { beforeEachAnswering, sent, test, vendor } from './answering.ts';
import { respondentOf } from './respondent.ts';
import { sentAssessment } from './sent-assessment.ts';

beforeEachAnswering();

describe('saving an answer', () => {
  it('takes a megabyte of combining marks without keeping everybody waiting', async () => {
    const saved = await vendor.put('ORG-01', { revision: 0, value: `か${'\u0315\u0300'.repeat(240_000)}` });
    expect(saved.status).toBe(200);
    const { answers } = (await vendor.get('/api/respond/assessment')).json as {
      answers: Record<string, { value: string }>;
    };
    expect(answers['ORG-01']?.value).toHaveLength(31);
  });

  it('stores it, moves the assessment to in progress once, and records from and to', async () => {
    const first = await vendor.put('ORG-02', { revision: 0, value: 'yes', comment: '取締役会で点検' });
    expect(first.status).toBe(200);
    expect(first.json).toMatchObject({ revision: 1, savedAt: '2026-04-15T01:00:00.000Z' });
    const second = await vendor.put('ORG-02', { revision: 1, value: 'doc' });
    expect(second.json).toMatchObject({ revision: 2 });

    const { answers, state } = (await vendor.get('/api/respond/assessment')).json as {
      state: string;
      answers: Record<string, object>;
    };
    expect(state).toBe('inProgress');
    expect(answers['ORG-02']).toMatchObject({
      revision: 2,
      value: 'doc',
      comment: '取締役会で点検',
      updatedBy: '田中太郎',
    });
    const events = await trail();
    expect(events.map(({ action }) => action)).toEqual(['answer.saved', 'assessment.opened', 'answer.saved']);
    expect(events.at(-1)).toMatchObject({
      subject: 'ORG-02',
      actor_id: sent.linkId,
      details: {
        revision: 2,
        from: { value: 'yes', comment: '取締役会で点検' },
        to: { value: 'doc', comment: '取締役会で点検' },
      },
    });
  });

  it('tells which questions apply now and how far the respondent is', async () => {
    const before = (await vendor.put('ORG-02', { revision: 0, value: 'yes' })).json as Saved;
    expect(before.hidden).toContain('DATA-02');
    const after = (await vendor.put('DATA-01', { revision: 0, value: 'yes' })).json as Saved;
    expect(after.shown).toContain('DATA-02');
    expect(after.progress).toMatchObject({ answered: 2, applicable: after.shown.length });
    expect(new Set([...after.shown, ...after.hidden]).size).toBe(90);
  });

  it('clears an answer with null, without forgetting its history', async () => {
    await vendor.put('ORG-02', { revision: 0, value: 'yes' });
    const cleared = (await vendor.put('ORG-02', { revision: 1, value: null })).json as Saved;
    expect(cleared).toMatchObject({ revision: 2, progress: { answered: 0 } });
    expect(await trail()).toHaveLength(3);
  });

  it('answers the same save twice, because its reply was lost, with one change', async () => {
    await vendor.put('ORG-02', { revision: 0, value: 'yes' });
    const again = await vendor.put('ORG-02', { revision: 0, value: 'yes' });
    expect(again).toMatchObject({ status: 200, json: { revision: 1 } });
    expect((await trail()).filter(({ action }) => action === 'answer.saved')).toHaveLength(1);
  });

  it('keeps characters a database cannot hold out of the text', async () => {
    await vendor.put('ORG-01', { revision: 0, value: 'か\u3099\u0000\ud800株式会社\r\n髙﨑𠮷' });
    const { answers } = (await vendor.get('/api/respond/assessment')).json as {
      answers: Record<string, { value: string }>;
    };
    expect(answers['ORG-01']?.value).toBe('が\ufffd株式会社\n髙﨑𠮷');
  });
});

describe('two people on the same question', () => {
  it('lets exactly one of them win and shows the other both texts', async () => {
    await vendor.put('ORG-02', { revision: 0, value: 'yes' });
    const replies = await Promise.all(
      ['yes', 'doc', 'no', 'doc', 'no', 'yes', 'no', 'doc'].map((value, n) =>
        vendor.put('ORG-02', { revision: 1, value, comment: `担当${n}` }),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
    const refused = replies.find(({ status }) => status === 409)?.json;
    expect(refused).toMatchObject({
      code: 'stale_revision',
      yours: { text: { ja: expect.any(String) }, comment: expect.stringMatching(/^担当\d$/) },
      current: { revision: 2, updatedBy: '田中太郎', updatedAt: expect.any(String), text: { en: expect.any(String) } },
    });
    expect((await trail()).filter(({ action }) => action === 'answer.saved')).toHaveLength(2);
  });

  it('would lose answers without the revision check (so the test above can fail)', async () => {
    await vendor.put('ORG-02', { revision: 0, value: 'yes' });
    const sql = readFileSync('db/migrations/0004_save_answer.sql', 'utf8').replace(
      'CREATE FUNCTION',
      'CREATE OR REPLACE FUNCTION',
    );
    const careless = sql
      .replace('IF coalesce(old.revision, 0) = based_on THEN', 'IF true THEN')
      .replace('WHERE a.revision = based_on\n', '\n');
    expect(careless).not.toBe(sql);
    await asOwner(test.services.ownerUrl, (client) => client.query(careless));
    try {
      const replies = await Promise.all(['doc', 'no'].map((value) => vendor.put('ORG-02', { revision: 1, value })));
      expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    } finally {
      await asOwner(test.services.ownerUrl, (client) => client.query(sql));
    }
  });
});

describe('what does not fit', () => {
  it.each([
    ['an unknown option', 'ORG-02', { value: 'maybe' }],
    ['another type', 'ORG-02', { value: 3 }],
    ['a truth value', 'ORG-02', { value: true }],
    ['an object', 'ORG-02', { value: { yes: true } }],
    ['a nested list', 'AUTH-02', { value: [[['common']]] }],
    ['a number as text', 'AUTH-01', { value: '12' }],
    ['a negative number', 'AUTH-01', { value: -1 }],
    ['a date that is none', 'BCK-05', { value: '2026-02-30' }],
    ['not applicable where it is not offered', 'ORG-02', { value: 'na', naReason: '理由' }],
    ['not applicable without a reason', 'AUTH-01', { value: 'na' }],
    ['a text that is too long', 'ORG-01', { value: 'あ'.repeat(10_001) }],
    ['a record with a field nobody knows', 'CRT-01', { value: [{ kind: 'ISMS', expiry: '2027-01-01' }] }],
    ['a record that vouches for its own evidence', 'CRT-01', { value: [{ kind: 'ISMS', evidence: 'verified' }] }],
    ['words where records belong', 'CRT-01', { value: ['ISMS', 'SOC 2'] }],
  ])('refuses %s in words and keeps what was there', async (_, questionId, change) => {
    const id = questionId === 'BCK-05' ? dateQuestion() : questionId;
    const refused = await vendor.put(id, { revision: 0, ...change });
    expect(refused).toMatchObject({ status: 422, json: { code: 'answer_does_not_fit' } });
    const { message, errors } = refused.json as {
      message: { ja: string; en: string };
      errors: { path: string }[];
    };
    expect(message.ja).toMatch(/[ください|せん|です]。/);
    expect(errors[0]?.path).toMatch(/^\/(value|naReason)/);
    expect(await trail()).toEqual([]);
  });

  it('refuses a field it does not know', async () => {
    const refused = await vendor.put('ORG-02', { revision: 0, value: 'yes', score: 1 });
    expect(refused).toMatchObject({ status: 400, json: { errors: [{ path: '/score' }] } });
  });

  it('refuses a hidden question, and a question that does not exist', async () => {
    expect(await vendor.put('DATA-02', { revision: 0, value: ['basic'] })).toMatchObject({
      status: 422,
      json: { code: 'hidden_question' },
    });
    expect(await vendor.put('NOPE-01', { revision: 0, value: 'yes' })).toMatchObject({ status: 404 });
    expect(await trail()).toEqual([]);
  });

  it.each(['submitted', 'finalised', 'revoked'] as const)('refuses when the assessment is %s', async (state) => {
    const closed = respondentOf(test, await sentAssessment(test.app, test.services, { state }));
    expect(await closed.put('ORG-02', { revision: 0, value: 'yes' })).toMatchObject({
      status: 409,
      json: { code: 'wrong_state' },
    });
  });

  it('refuses after the last day of grace, and not a day before', async () => {
    const late = respondentOf(
      test,
      await sentAssessment(test.app, test.services, { dueOn: '2026-04-01', graceDays: 13 }),
    );
    expect(await late.put('ORG-02', { revision: 0, value: 'yes' })).toMatchObject({
      status: 409,
      json: { state: 'expired' },
    });
    const just = respondentOf(
      test,
      await sentAssessment(test.app, test.services, { dueOn: '2026-04-01', graceDays: 14 }),
    );
    expect((await just.put('ORG-02', { revision: 0, value: 'yes' })).status).toBe(200);
  });

  it('knows nobody without a session', async () => {
    const response = await test.app.inject({
      method: 'PUT',
      url: '/api/respond/answers/ORG-02',
      headers: { origin: test.services.config.publicUrl },
      payload: { revision: 0, value: 'yes' },
    });
    expect(response.statusCode).toBe(401);
  });
});

type Saved = { shown: string[]; hidden: string[]; progress: { answered: number; applicable: number } };
type Event = { action: string; subject: string; actor_id: string; details: object };

async function trail(): Promise<Event[]> {
  let events: Event[] = [];
  await asOwner(test.services.ownerUrl, async (client) => {
    const { rows } = await client.query(
      'select * from audit_events where assessment_id = $1 order by xmin::text::bigint, action',
      [sent.assessmentId],
    );
    events = rows as Event[];
  });
  return events;
}

function dateQuestion(): string {
  const { compiled } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0');
  const found = compiled.questions.find(({ question, showWhen }) => question.type === 'date' && showWhen === null);
  if (!found) throw new Error('no date question that is always shown');
  return found.question.id;
}
