import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../../server/domain/scoring/evaluate.ts';
import type { Evaluation } from '../../../server/domain/scoring/evaluation.ts';
import { finaliseAssessment } from '../../../server/features/reviews/finalise.usecases.ts';
import { recordReview } from '../../../server/features/reviews/record-review.usecases.ts';
import { readUnderReview } from '../../../server/features/reviews/reviews.usecases.ts';
import { example, jp } from '../../domain/cases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import {
  finalisedExample,
  rows,
  type Submitted,
  send,
  settleExample,
  submitted,
  submittedExample,
} from './submitted-assessment.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set('2026-11-21T23:30:00+09:00');
});
afterAll(() => test.close());

const answers = { 'AUTH-01': { value: 12 }, 'LOG-02': { value: 12 } };
const arrived = () => submitted(test, { answers, files: ['LOG-02'] });
const post = (work: Submitted, form: Record<string, string>) =>
  send(test, work.member, 'POST', `/assessments/${work.assessmentId}/finalisation`, { form });
const get = (work: Submitted, query = '') =>
  send(test, work.member, 'GET', `/assessments/${work.assessmentId}/finalisation${query}`);
const evaluations = (work: Submitted) =>
  rows(
    test,
    `select mode, as_of::text, result from evaluations where assessment_id = '${work.assessmentId}' and mode = 'final'`,
  );
const stateOf = async (work: Submitted) =>
  (await rows(test, `select state, as_of::text, finalised_by from assessments where id = '${work.assessmentId}'`))[0];

/** The fields the scoring command prints, as the worked examples give them. */
function printed({
  why: _,
  issues: __,
  asOf: ___,
  mode: ____,
  questionnaire: _____,
  scorerVersion: ______,
  ...rest
}: Evaluation) {
  return rest;
}

describe('finalising', () => {
  it.each(['EX1', 'EX2', 'EX3', 'EX6', 'EX7'])(
    'stores what the scorer says of worked example %s, in every field',
    async (id) => {
      const work = await submittedExample(test, id);
      await settleExample(test, work, id);
      await finaliseAssessment(test.services, work.principal, work.assessmentId, example(id).asOf);
      const stored = await evaluations(work);
      expect(stored).toMatchObject([{ mode: 'final', as_of: example(id).asOf }]);
      const result = stored[0]?.result as Evaluation;
      expect(printed(result)).toEqual(example(id).expected);
      const { collected } = await readUnderReview(test.services, work.principal, work.assessmentId);
      const context = { customerIsEntrustee: false };
      const again = evaluate(jp, { asOf: example(id).asOf, mode: 'final', context, answers: collected.answers });
      expect(result).toEqual(JSON.parse(JSON.stringify(again)));
    },
    60_000,
  );

  it('closes the review, with date and name, and goes back to the assessment', async () => {
    const work = await arrived();
    const done = await post(work, { asOf: '2026-11-20' });
    expect([done.statusCode, done.headers.location]).toEqual([
      303,
      `/assessments/${work.assessmentId}?done=reviews.finalised`,
    ]);
    expect(await stateOf(work)).toEqual({ state: 'finalised', as_of: '2026-11-20', finalised_by: work.memberId });
    const events = await rows(
      test,
      `select details from audit_events where assessment_id = '${work.assessmentId}' and action = 'assessment.finalised'`,
    );
    expect(events).toMatchObject([{ details: { from: 'submitted', to: 'finalised', asOf: '2026-11-20' } }]);
  });

  it.each([
    ['2026/11/20', '2026-11-20'],
    ['令和8年11月20日', '2026-11-20'],
    ['２０２６年１１月２０日（金）', '2026-11-20'],
    ['R8.11.21', '2026-11-21'],
  ])('understands %s', async (typed, asOf) => {
    const work = await arrived();
    expect((await post(work, { asOf: typed })).statusCode).toBe(303);
    expect(await stateOf(work)).toMatchObject({ state: 'finalised', as_of: asOf });
  });

  it.each(['2026-11-22', '2027-01-01', '2026-02-30', '昨日', '<script>', '20261121'])(
    'refuses %s and keeps it in the form',
    async (typed) => {
      const work = await arrived();
      for (const refused of [
        await post(work, { asOf: typed }),
        await get(work, `?asOf=${encodeURIComponent(typed)}`),
      ]) {
        expect(refused.statusCode).toBe(400);
        expect(refused.body).toContain('評価基準日は、今日までの日付を');
        expect(refused.body).toContain(`value="${typed.replace('<', '&lt;').replace('>', '&gt;')}"`);
        expect(refused.body).toContain('href="#asOf"');
        expect(refused.body).not.toContain('で確定する</button>');
      }
      expect(await evaluations(work)).toEqual([]);
      expect(await stateOf(work)).toMatchObject({ state: 'submitted', as_of: null });
    },
  );

  it('takes today of Tokyo, not of Greenwich', async () => {
    const late = await arrived();
    test.services.clock.set('2026-11-22T00:30:00+09:00');
    expect((await post(late, { asOf: '2026-11-22' })).statusCode).toBe(303);
    test.services.clock.set('2026-11-21T23:30:00+09:00');
  });

  it('happens once however often it is sent at the same time', async () => {
    const work = await arrived();
    const done = await Promise.all(Array.from({ length: 10 }, () => post(work, { asOf: '2026-11-21' })));
    expect(done.map(({ statusCode }) => statusCode).sort()).toEqual([303, ...Array(9).fill(409)]);
    expect(await evaluations(work)).toHaveLength(1);
  });

  it('and a mark never cross: either the mark counts, or it is refused', async () => {
    for (let round = 0; round < 5; round += 1) {
      const work = await arrived();
      const mark = { evidence: 'rejected' as const, naRejected: false, reason: '別の文書', remark: '' };
      const [marked] = await Promise.allSettled([
        recordReview(test.services, work.principal, work.assessmentId, 'LOG-02', mark),
        post(work, { asOf: '2026-11-21' }),
      ]);
      const result = (await evaluations(work))[0]?.result as Evaluation;
      const flag = result.why.questions.find(({ id }) => id === 'LOG-02')?.flag;
      expect(flag).toBe(marked?.status === 'fulfilled' ? 'rejected' : 'unreviewed');
    }
  });

  it('is refused when the result is no longer the one that was shown', async () => {
    const work = await arrived();
    const shown = await get(work, '?asOf=2026-11-21');
    const seen = /name="seen" value="([0-9a-f]{64})"/.exec(shown.body)?.[1] ?? '';
    const mark = { evidence: 'rejected' as const, naRejected: false, reason: '別の文書', remark: '' };
    await recordReview(test.services, work.principal, work.assessmentId, 'LOG-02', mark);
    const refused = await post(work, { asOf: '2026-11-21', seen });
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('証跡の判定が変わりました');
    expect(await stateOf(work)).toMatchObject({ state: 'submitted' });
    const fresh = /name="seen" value="([0-9a-f]{64})"/.exec(refused.body)?.[1] ?? '';
    expect((await post(work, { asOf: '2026-11-21', seen: fresh })).statusCode).toBe(303);
  });
});

describe('the page before it', () => {
  it('shows what will be frozen, what is left, and that there is no way back', async () => {
    const work = await arrived();
    const page = await get(work, '?asOf=2026-11-20');
    expect(page.statusCode).toBe(200);
    for (const words of [
      '証跡が未確認の設問：1問',
      '確定は取り消せません',
      '評価基準日 2026年11月20日(金) で確定する',
      '総合判定',
      'id="f-F1"',
      'クラウド例外・委託の判定',
      '必須の証跡がない設問',
    ]) {
      expect(page.body).toContain(words);
    }
  });
});

describe('after finalisation', () => {
  it('nothing can be marked or settled again, and the pages say so', async () => {
    const work = await finalisedExample(test, 'EX1');
    const id = work.assessmentId;
    const tries = [
      [`/assessments/${id}/reviews/AUTH-03`, { evidence: 'rejected', reason: '後から' }],
      [`/assessments/${id}/verifications`, { section: 'AUTH' }],
      [`/assessments/${id}/finalisation`, { asOf: '2026-11-21' }],
    ] as const;
    for (const [url, form] of tries) {
      const refused = await send(test, work.member, 'POST', url, { form });
      expect([url, refused.statusCode]).toEqual([url, 409]);
      expect(refused.body).toContain('確定済み');
    }
    expect((await get(work)).statusCode).toBe(409);
    const section = await send(test, work.member, 'GET', `/assessments/${id}/answers/AUTH`, {}, 200);
    expect(section.body).toContain('この評価は確定済みです');
    expect(section.body).not.toContain('name="evidence"');
    expect(await evaluations(work)).toHaveLength(1);
  });

  it('the stored result is shown, not one computed anew', async () => {
    const work = await finalisedExample(test, 'EX1');
    await rows(
      test,
      `update evaluations set result = jsonb_set(result, '{score}', '77.7') where assessment_id = '${work.assessmentId}' and mode = 'final' returning id`,
    );
    const overview = await send(test, work.member, 'GET', `/assessments/${work.assessmentId}/answers`, {}, 200);
    expect(overview.body).toContain('77.7');
  });
});
