import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readUnderReview } from '../../../server/features/reviews/reviews.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { sentAssessment } from '../answers/sent-assessment.ts';
import { memberOfRole, rows, type Submitted, send, submitted } from './submitted-assessment.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set('2026-11-21T10:00:00+09:00');
});
afterAll(() => test.close());

const isms = { kind: 'ISMS', number: 'IS 123456', edition: '2022', expires: '2028-03-31', scopeIncludesService: true };
const answers = {
  'ORG-02': { value: 'yes', comment: '年1回見直しています。' },
  'ORG-05': { value: 'na', naReason: '保守要員を置いていません。' },
  'AUTH-01': { value: 12 },
  'AUTH-03': { value: 'simple' },
  'VUL-03': { value: 0 },
  'LOG-02': { value: 12 },
  'LOG-04': { value: 'soc' },
  'CRT-01': { value: [isms, { ...isms, number: 'IS 2', expires: '2026-01-31' }] },
};
const files = ['AUTH-01', 'LOG-02', 'LOG-04', 'CRT-01#1'];

async function arrived(): Promise<Submitted> {
  return submitted(test, { answers, files });
}
function mark(work: Submitted, subject: string, form: Record<string, string>, cookie = work.member) {
  test.services.clock.advance(1_000);
  const url = `/assessments/${work.assessmentId}/reviews/${encodeURIComponent(subject)}`;
  return send(test, cookie, 'POST', url, { form });
}
function page(work: Submitted, path = '', cookie = work.member) {
  return send(test, cookie, 'GET', `/assessments/${work.assessmentId}/answers${path}`);
}
const stored = (work: Submitted) =>
  rows(test, `select * from reviews where assessment_id = '${work.assessmentId}' order by subject`);
const events = (work: Submitted) =>
  rows(
    test,
    `select action, subject, actor_name, details from audit_events where assessment_id = '${work.assessmentId}'
      and (action like 'evidence.%' or action like 'na.%' or action like 'review.%') and actor_kind = 'member' order by at, action`,
  );

describe('a mark', () => {
  it('verifies a file, is kept with who and when, and leads to the next file of the section', async () => {
    const work = await arrived();
    const before = await readUnderReview(test.services, work.principal, work.assessmentId);
    const done = await mark(work, 'LOG-02', { evidence: 'verified', remark: '設定を確認' });
    expect([done.statusCode, done.headers.location]).toEqual([
      303,
      `/assessments/${work.assessmentId}/answers/LOG?saved=LOG-02#s-LOG-04`,
    ]);
    expect(await stored(work)).toMatchObject([
      {
        subject: 'LOG-02',
        evidence_state: 'verified',
        na_rejected: false,
        remark: '設定を確認',
        reviewed_by: work.memberId,
      },
    ]);
    expect(await events(work)).toEqual([
      { action: 'evidence.verified', subject: 'LOG-02', actor_name: '山田花子', details: { reason: '' } },
    ]);
    const after = await readUnderReview(test.services, work.principal, work.assessmentId);
    const flagOf = (work: typeof after) => work.evaluation.why.questions.find(({ id }) => id === 'LOG-02')?.flag;
    expect([flagOf(before), flagOf(after)]).toEqual(['unreviewed', null]);

    const landed = await page(work, '/LOG?saved=LOG-02');
    expect(landed.body).toContain('LOG-02の判定を保存しました。続けて、次の未確認の証跡を確認してください。');
    expect(landed.body).toContain('判定者：山田花子、2026年11月21日 10:00 JST');
    await mark(work, 'LOG-04', { evidence: 'verified' });
    expect((await page(work, '/LOG?saved=LOG-04')).body).toContain('未確認の証跡はもうありません');
  });

  it('stays at the subject when nothing else of the section is open', async () => {
    const work = await arrived();
    const done = await mark(work, 'AUTH-01', { evidence: 'verified' });
    expect(done.headers.location).toContain('/answers/AUTH?saved=AUTH-01#s-AUTH-01');
  });

  it('judges a certificate record on its own', async () => {
    const work = await arrived();
    const done = await mark(work, 'CRT-01#1', { evidence: 'rejected', reason: '別会社の登録証' });
    expect(done.headers.location).toContain('saved=CRT-01%231');
    const { evaluation, collected } = await readUnderReview(test.services, work.principal, work.assessmentId);
    expect(evaluation.why.certificates.map(({ ref, status }) => [ref, status])).toEqual([
      ['CRT-01#1', 'rejected'],
      ['CRT-01#2', 'expired'],
    ]);
    expect(collected.answers['CRT-01']?.evidence).toBe('none');
    const shown = await page(work, '/CRT?saved=CRT-01%231');
    expect(shown.body).toContain('ISMS');
    expect(shown.body).toContain('別会社の登録証');
  });

  it('can be taken back', async () => {
    const work = await arrived();
    await mark(work, 'LOG-02', { evidence: 'rejected', reason: '期間が違う' });
    await mark(work, 'LOG-02', { evidence: 'open' });
    expect(await stored(work)).toMatchObject([{ subject: 'LOG-02', evidence_state: null, reason: '' }]);
    expect((await events(work)).map(({ action }) => action)).toEqual(['evidence.rejected', 'evidence.reopened']);
  });

  it('refuses an N/A with a reason, which then counts as 0, and can accept it again', async () => {
    const work = await arrived();
    expect((await mark(work, 'ORG-05', { evidence: 'open', naRejected: 'yes' })).statusCode).toBe(400);
    await mark(work, 'ORG-05', { evidence: 'open', naRejected: 'yes', reason: '保守要員がいる' });
    const { evaluation } = await readUnderReview(test.services, work.principal, work.assessmentId);
    expect(evaluation.why.questions.find(({ id }) => id === 'ORG-05')).toMatchObject({ state: 'invalidNa', score: 0 });
    await mark(work, 'ORG-05', { evidence: 'open' });
    expect((await events(work)).map(({ action }) => action)).toEqual(['na.rejected', 'na.accepted']);
  });

  it('may be a remark alone, also where there is no evidence', async () => {
    const work = await arrived();
    expect((await mark(work, 'CRT-01', { evidence: 'open', remark: '登録範囲を確認すること' })).statusCode).toBe(303);
    expect(await stored(work)).toMatchObject([
      { subject: 'CRT-01', evidence_state: null, remark: '登録範囲を確認すること' },
    ]);
    expect((await events(work)).map(({ action }) => action)).toEqual(['review.remarked']);
  });
});

describe('a mark that makes no sense', () => {
  it.each([
    ['LOG-02', { evidence: 'rejected' }, '認めない理由を入力してください'],
    ['ORG-02', { evidence: 'verified' }, '確認した方法'],
    ['CRT-01#2', { evidence: 'verified' }, '確認した方法'],
    ['CRT-01', { evidence: 'verified', reason: '口頭' }, '判定する証跡がありません'],
    ['ORG-02', { evidence: 'open', naRejected: 'yes', reason: '理由' }, '「該当なし」ではありません'],
    ['LOG-02', { evidence: 'verified', remark: 'あ'.repeat(4_001) }, '4000文字以内'],
  ])('%s is refused on its page with everything typed kept', async (subject, form, message) => {
    const work = await arrived();
    const typed = { remark: '<b>太字</b>のコメント', ...form };
    const refused = await mark(work, subject, typed as Record<string, string>);
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain(message);
    expect(refused.body).toContain(`href="#e-s-${subject.replace('#', '-')}"`);
    expect(refused.body).toContain(`id="e-s-${subject.replace('#', '-')}"`);
    expect(refused.body).toContain(typed.remark.replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
    expect(refused.body).not.toContain('<b>太字');
    if ('reason' in form && form.reason) expect(refused.body).toContain(form.reason);
    expect(await stored(work)).toEqual([]);
  });

  it.each([{ evidence: 'perfect' }, { evidence: 'verified', score: '100' }, { remark: 'x' }])(
    'is refused when the form is not one of ours: %j',
    async (form) => {
      const work = await arrived();
      expect((await mark(work, 'LOG-02', form as unknown as Record<string, string>)).statusCode).toBe(400);
      expect(await stored(work)).toEqual([]);
    },
  );

  it('verifies without a file when it says how', async () => {
    const work = await arrived();
    expect((await mark(work, 'ORG-02', { evidence: 'verified', reason: '画面共有で確認' })).statusCode).toBe(303);
    expect(await stored(work)).toMatchObject([{ evidence_state: 'verified', reason: '画面共有で確認' }]);
  });
});

describe('two reviewers at once', () => {
  it('the later one is shown what the other decided before replacing it', async () => {
    const work = await arrived();
    const other = await memberOfRole(test, work, 'owner', '鈴木三郎');
    await mark(work, 'LOG-02', { evidence: 'verified', seen: '' }, other.cookie);
    const refused = await mark(work, 'LOG-02', { evidence: 'rejected', reason: '期間不足', seen: '' });
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('ほかの確認者が判定を変更しました');
    expect(refused.body).toContain('期間不足');
    expect(refused.body).toContain('鈴木三郎');
    const seen = /id="s-LOG-02"[\s\S]*?name="seen" value="([^"]+)"/.exec(refused.body)?.[1] ?? '';
    expect((await mark(work, 'LOG-02', { evidence: 'rejected', reason: '期間不足', seen })).statusCode).toBe(303);
    expect(await stored(work)).toMatchObject([{ evidence_state: 'rejected', reviewed_by: work.memberId }]);
  });
});

describe('verifying a whole section', () => {
  it('marks its open files and nothing else', async () => {
    const work = await arrived();
    await mark(work, 'LOG-04', { evidence: 'rejected', reason: '別の文書' });
    const url = `/assessments/${work.assessmentId}/verifications`;
    const done = await send(test, work.member, 'POST', url, { form: { section: 'LOG' } });
    expect([done.statusCode, done.headers.location]).toEqual([
      303,
      `/assessments/${work.assessmentId}/answers/LOG?done=reviews.verified`,
    ]);
    expect((await stored(work)).map(({ subject, evidence_state }) => [subject, evidence_state])).toEqual([
      ['LOG-02', 'verified'],
      ['LOG-04', 'rejected'],
    ]);
    expect((await send(test, work.member, 'GET', String(done.headers.location))).body).toContain(
      'すべて「確認済み」にしました',
    );
    for (const section of ['NOPE', 'log', '../LOG']) {
      expect((await send(test, work.member, 'POST', url, { form: { section } })).statusCode).toBe(404);
    }
  });
});

describe('what does not exist', () => {
  it('is the same 404, whatever the id is', async () => {
    const work = await arrived();
    const foreign = await arrived();
    const bodies = new Set<string>();
    const ask = async (method: 'GET' | 'POST', url: string, form?: Record<string, string>) => {
      const response = await send(test, work.member, method, url, form ? { form } : {});
      expect([url, response.statusCode]).toEqual([url, 404]);
      bodies.add(response.body.replaceAll(/(href|value)="[^"]*"/g, ''));
    };
    const ids = [
      randomUUID(),
      foreign.assessmentId,
      'no-id',
      '1',
      'x'.repeat(120),
      "' or 1=1 --".replaceAll(' ', '%20'),
    ];
    for (const id of ids) {
      await ask('GET', `/assessments/${id}/answers`);
      await ask('GET', `/assessments/${id}/answers/LOG`);
      await ask('GET', `/assessments/${id}/finalisation`);
      await ask('POST', `/assessments/${id}/reviews/LOG-02`, { evidence: 'verified' });
      await ask('POST', `/assessments/${id}/verifications`, { section: 'LOG' });
      await ask('POST', `/assessments/${id}/finalisation`, { asOf: '2026-11-21' });
    }
    for (const section of ['NOPE', 'log', 'LOG-02', 'x'.repeat(120)]) {
      await ask('GET', `/assessments/${work.assessmentId}/answers/${section}`);
    }
    for (const subject of ['NOPE-1', 'CRT-01%233', 'CRT-01%230', 'LOG-02%231', 'VUL-04', 'log-02']) {
      await ask('POST', `/assessments/${work.assessmentId}/reviews/${subject}`, { evidence: 'verified', reason: 'x' });
    }
    expect(bodies.size).toBe(1);
    expect(await stored(work)).toEqual([]);
    expect(await stored(foreign)).toEqual([]);
  });
});

describe('who may do what', () => {
  it('an auditor reads, but marks and settles nothing', async () => {
    const work = await arrived();
    const { cookie } = await memberOfRole(test, work, 'auditor');
    expect((await page(work, '', cookie)).statusCode).toBe(200);
    expect((await page(work, '/LOG', cookie)).statusCode).toBe(200);
    expect((await mark(work, 'LOG-02', { evidence: 'verified' }, cookie)).statusCode).toBe(403);
    for (const [url, form] of [
      [`/assessments/${work.assessmentId}/verifications`, { section: 'LOG' }],
      [`/assessments/${work.assessmentId}/finalisation`, { asOf: '2026-11-21' }],
    ] as const) {
      expect((await send(test, cookie, 'POST', url, { form })).statusCode).toBe(403);
    }
    expect(await stored(work)).toEqual([]);
  });

  it('an auditor is offered nothing that would be refused', async () => {
    const work = await arrived();
    const { cookie } = await memberOfRole(test, work, 'auditor');
    for (const path of ['', '/LOG', '/CRT']) {
      const { body } = await page(work, path, cookie);
      expect(body).not.toContain(`action="/assessments/${work.assessmentId}`);
      expect(body).not.toContain('/finalisation');
    }
  });

  it('the vendor and strangers see nothing of it', async () => {
    const work = await arrived();
    await mark(work, 'LOG-02', { evidence: 'rejected', reason: '期間不足', remark: '内部の所見' });
    for (const cookie of [work.respondent, '']) {
      for (const path of ['', '/LOG', '?show=failing']) {
        const refused = await page(work, path, cookie);
        expect(refused.statusCode).toBe(401);
        for (const secret of ['設定を確認', '期間不足', '12か月']) expect(refused.body).not.toContain(secret);
      }
      expect((await mark(work, 'LOG-02', { evidence: 'verified' }, cookie)).statusCode).toBe(401);
    }
    for (const url of ['/respond/answers', '/respond', '/respond/receipt', '/api/respond/assessment']) {
      const seen = await send(test, work.respondent, 'GET', url);
      expect([url, seen.statusCode]).toEqual([url, 200]);
      for (const secret of ['内部の所見', '期間不足', '山田花子の判定', '不採用'])
        expect(seen.body).not.toContain(secret);
    }
  });
});

describe('before the submission', () => {
  it('says that the answers cannot be read yet', async () => {
    const work = { ...(await sentAssessment(test.app, test.services)) };
    for (const path of ['answers', 'answers/LOG', 'finalisation']) {
      const refused = await send(test, work.member, 'GET', `/assessments/${work.assessmentId}/${path}`);
      expect([path, refused.statusCode]).toEqual([path, 409]);
      expect(refused.body).toContain('回答はまだ提出されていません');
    }
    const marked = await send(test, work.member, 'POST', `/assessments/${work.assessmentId}/reviews/LOG-02`, {
      form: { evidence: 'verified' },
    });
    expect(marked.statusCode).toBe(409);
  });
});
