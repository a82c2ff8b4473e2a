import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import {
  memberOfRole,
  type Submitted,
  send,
  settleExample,
  submitted,
  submittedExample,
} from './submitted-assessment.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
  test.services.clock.set('2026-11-21T10:00:00+09:00');
});
afterAll(() => test.close());

const isms = { kind: 'ISMS', number: 'IS 123456', edition: '2022', expires: '2028-03-31', scopeIncludesService: true };

/** One question for each filter: AUTH-03 fails, LOG-04 has a file, LOG-02 lacks one, ORG-05 is N/A, ORG-02 has a comment. */
async function mixed(): Promise<Submitted> {
  return submitted(test, {
    answers: {
      'ORG-02': { value: 'yes', comment: '年1回見直しています。' },
      'ORG-05': { value: 'na', naReason: '保守要員を置いていません。' },
      'AUTH-03': { value: 'simple' },
      'LOG-02': { value: 12 },
      'LOG-04': { value: 'soc' },
      'CRT-01': { value: [isms] },
    },
    files: ['LOG-04', 'CRT-01#1'],
  });
}
const open = (work: Submitted, path: string) =>
  send(test, work.member, 'GET', `/assessments/${work.assessmentId}/${path}`, {}, 200);

/** Question ids of the list under the filters. */
function listed(body: string): string[] {
  const list = body.slice(body.indexOf('id="questions"'), body.indexOf('id="sections"'));
  return [...list.matchAll(/answers\/[A-Z]+#q-([A-Z]+-\d+)"/g)].map((match) => match[1] ?? '');
}
function countOf(body: string, filter: string): number {
  return Number(
    new RegExp(`show&#x3D;${filter}#questions"[^>]*>[^<]*<span class="filters__count">(\\d+)`).exec(body)?.[1] ?? -1,
  );
}

describe('the filters', () => {
  it.each([
    ['unreviewed', ['LOG-04', 'CRT-01']],
    ['failing', ['AUTH-03']],
    ['notApplicable', ['ORG-05']],
    ['commented', ['ORG-02']],
    ['rejected', []],
  ])('%s lists its questions over all sections, and the count says how many', async (filter, expected) => {
    const { body } = await open(await mixed(), `answers?show=${filter}`);
    expect(listed(body)).toEqual(expected);
    expect(countOf(body, filter)).toBe(expected.length);
    if (expected.length === 0) expect(body).toContain('当てはまる設問はありません');
  });

  it('finds what lacks required evidence, what is to be confirmed, and everything', async () => {
    const work = await mixed();
    expect(listed((await open(work, 'answers?show=noEvidence')).body)).toContain('LOG-02');
    const confirm = listed((await open(work, 'answers?show=toConfirm')).body);
    expect(confirm).toContain('AUTH-01');
    expect(confirm).not.toContain('AUTH-03');
    const all = listed((await open(work, 'answers?show=all')).body);
    expect(all.length).toBeGreaterThan(80);
    expect(listed((await open(work, 'answers')).body)).toEqual([]);
    expect(listed((await open(work, 'answers?show=constructor')).body)).toEqual([]);
  });

  it('count marks as they are made', async () => {
    const work = await mixed();
    const url = `/assessments/${work.assessmentId}/reviews/LOG-04`;
    await send(test, work.member, 'POST', url, { form: { evidence: 'rejected', reason: '別の文書' } }, 303);
    const { body } = await open(work, 'answers');
    expect([countOf(body, 'unreviewed'), countOf(body, 'rejected')]).toEqual([1, 1]);
    expect(body).toContain('未確認の証跡を確認する（1件）');
    expect(body).toContain(`href="/assessments/${work.assessmentId}/answers/CRT#s-CRT-01-1"`);
  });
});

describe('the overview', () => {
  it('shows result, findings, legal conclusion and certificates as they stand', async () => {
    const work = await submittedExample(test, 'EX1');
    await settleExample(test, work, 'EX1');
    const { body } = await open(work, 'answers');
    for (const words of ['不適合', '1.3', '17.6%', 'すべて判定が済んでいます', '委託に該当（見込み）', '一致して']) {
      expect(body).toContain(words);
    }
    for (const id of ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F9']) expect(body).toContain(`id="f-${id}"`);
    expect(body).toContain('申告された認証・報告書はありません');
    expect(body).toContain('佐藤一郎（部長）');
  });

  it('says the same in English, without a word of Japanese of ours', async () => {
    const work = await mixed();
    for (const path of ['answers?lang=en', 'answers?show=all&lang=en', 'answers/LOG?lang=en', 'finalisation?lang=en']) {
      const { body } = await open(work, path);
      const ours = body
        .replace(/<head>[\s\S]*?<\/head>/, '')
        .replaceAll(/<a[^>]*lang="ja"[^>]*>日本語<\/a>|<span[^>]*lang="ja"[^>]*>監督<\/span>/g, '')
        .replaceAll(
          /株式会社みなと労務|株式会社あおぞらクラウド|あおぞら人事|山田花子|佐藤一郎 \(部長\)|[A-Z]+-\d+(#\d)? 証跡\.txt/g,
          '',
        )
        .replaceAll(/年1回見直しています。|保守要員を置いていません。/g, '');
      expect([path, /[ぁ-んァ-ヶ一-龠（）：、。]+[^<]*/.exec(ours)?.[0]]).toEqual([path, undefined]);
    }
  });

  it('has a page for every section, with the reason for every score', async () => {
    const work = await submittedExample(test, 'EX2');
    const { body } = await open(work, 'answers');
    const sections = [...body.matchAll(/href="(\/assessments\/[^"#]+\/answers\/[A-Z]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(new Set(sections).size).toBe(13);
    for (const url of new Set(sections)) {
      const section = await send(test, work.member, 'GET', url, {}, 200);
      const questions = section.body.match(/<article class="review-question"/g)?.length ?? 0;
      expect([url, section.body.match(/なぜこの点数か/g)?.length]).toEqual([url, questions]);
      expect(questions).toBeGreaterThan(0);
    }
  });

  it('shows no form once the auditor looks at it', async () => {
    const work = await mixed();
    const { cookie } = await memberOfRole(test, work, 'auditor');
    const { body } = await send(test, cookie, 'GET', `/assessments/${work.assessmentId}/answers/LOG`, {}, 200);
    expect(body).not.toContain('name="evidence"');
  });
});
