import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withdrawReturn } from '../../../server/features/rounds/withdraw-return.usecases.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { type Colleague, colleague } from '../people/team.ts';
import { visitor } from '../respondents/visitor.ts';
import { rows, type Submitted, submitted } from '../reviews/submitted-assessment.ts';
import { answers, flag, sendBack } from './returned.ts';

let test: TestApp;
let work: Submitted;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.services.clock.set('2026-11-21T10:00:00+09:00');
  work = await submitted(test, { answers });
});

function invite(role: 'contributor' | 'checker' | 'approver', questions?: string[], dueOn?: string) {
  const team = { sent: work, owner: visitor(test.app, test.services.config.publicUrl) };
  const scope = questions ? { sections: [], questions } : null;
  return colleague(test, team, role, { scope, ...(dueOn ? { dueOn } : {}) });
}

const change = (sql: string) => rows(test, sql);
const withSteps = (steps: number) =>
  change(`update assessments set approval_steps = ${steps} where id = '${work.assessmentId}' returning id`);
const withdraw = () => withdrawReturn(test.services, work.principal, work.assessmentId);

async function mailsTo({ email }: Colleague) {
  return (await test.services.mails()).filter(({ to }) => to.address === email);
}

/** The entries of a mail: method, identity, number, day. */
function entries(mail: Awaited<ReturnType<typeof mailsTo>>[number] | undefined) {
  return (mail?.attachments ?? []).map(({ content }) => {
    const text = content.replaceAll('\r\n ', '');
    const given = (name: string) => new RegExp(`^${name}[^:]*:(.*)\\r$`, 'm').exec(text)?.[1] ?? '';
    return [given('METHOD'), given('UID').split('@')[0], given('SEQUENCE'), given('DTSTART')];
  });
}

describe('when answers are returned', () => {
  it('tells a contributor of the own questions, with the own link, once', async () => {
    const asked = await invite('contributor', ['ORG-02', 'SUB-01']);
    await flag(test, work, ['ORG-02', 'ORG-03', 'SUB-01']);
    await sendBack(test, work, { note: '取りまとめの方へ。' });
    const [mail, ...more] = await mailsTo(asked);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ kind: 'part-returned', from: '株式会社みなと労務（Kantoku 経由）' });
    expect(mail?.subject).toContain('ご担当の2問をご確認ください');
    for (const words of ['ORG-02の理由', 'SUB-01の理由', '（第2回）', '2026年12月25日(金)'])
      expect(mail?.text).toContain(words);
    for (const words of ['ORG-03', '取りまとめの方へ。']) expect(mail?.text).not.toContain(words);
    expect(mail?.text).toContain(`/v#${test.services.keys.linkToken(asked.linkId)}\n`);
    expect(mail?.replyTo?.address).toBe('tanaka@example.jp');
  });

  it('leaves out whose part is not affected, and whose access has ended', async () => {
    const spared = await invite('contributor', ['ORG-03']);
    const gone = await invite('contributor', ['ORG-02']);
    await change(`update respondent_links set revoked_at = now() where id = '${gone.linkId}' returning id`);
    await flag(test, work, ['ORG-02']);
    await sendBack(test, work);
    expect([await mailsTo(spared), await mailsTo(gone)]).toEqual([[], []]);
  });

  it('tells those who check and approve only where the request takes their step, in their language', async () => {
    const [checker, approver] = [await invite('checker'), await invite('approver')];
    await withSteps(1);
    await change(`update respondent_links set locale = 'en' where id = '${checker.linkId}' returning id`);
    await flag(test, work, ['ORG-02', 'ORG-03']);
    await sendBack(test, work);
    const [mail] = await mailsTo(checker);
    expect(mail?.subject).toContain('2 answers were returned');
    expect(mail?.text).toContain('we will mail you a request to check them');
    expect(await mailsTo(approver)).toEqual([]);
  });

  it("puts the request's date in the calendar in the place of an own one", async () => {
    const own = await invite('contributor', ['ORG-02'], '2026-12-01');
    const without = await invite('contributor', ['ORG-02']);
    await flag(test, work, ['ORG-02']);
    await sendBack(test, work);
    const id = `due-${work.assessmentId}`;
    expect(entries((await mailsTo(own))[0])).toEqual([
      ['PUBLISH', id, '1', '20261225'],
      ['CANCEL', `${id}-${own.linkId}`, '1', '20261201'],
    ]);
    expect(entries((await mailsTo(without))[0])).toEqual([['PUBLISH', id, '1', '20261225']]);
  });

  it('keeps to the limit of five mails a day to one address', async () => {
    const asked = await invite('contributor', ['ORG-02']);
    for (let turn = 0; turn < 3; turn++) {
      await flag(test, work, ['ORG-02']);
      await sendBack(test, work);
      test.services.clock.advance(60_000);
      await withdraw();
      test.services.clock.advance(60_000);
    }
    const kinds = (await mailsTo(asked)).map(({ kind }) => kind).sort();
    expect(kinds).toEqual([...Array(2).fill('part-return-withdrawn'), ...Array(3).fill('part-returned')]);
  });
});

describe('when a return is withdrawn', () => {
  it('tells those who were told of it, and takes the date out of their calendars', async () => {
    const asked = await invite('contributor', ['ORG-02']);
    const spared = await invite('contributor', ['ORG-03']);
    await flag(test, work, ['ORG-02']);
    await sendBack(test, work);
    test.services.clock.advance(60_000);
    await withdraw();
    const mail = (await mailsTo(asked)).find(({ kind }) => kind === 'part-return-withdrawn');
    expect(mail?.text).toContain('（第2回）について');
    expect(mail?.text).toContain('ご担当の設問のご対応は不要です');
    expect(entries(mail)).toEqual([['CANCEL', `due-${work.assessmentId}`, '2', expect.any(String)]]);
    expect(await mailsTo(spared)).toEqual([]);
    const letters = (await test.services.mails()).filter(({ kind }) => kind === 'return-withdrawn');
    const cancelled = letters.flatMap(entries).filter(([, id]) => id === `due-${work.assessmentId}`);
    expect(cancelled).toEqual([['CANCEL', `due-${work.assessmentId}`, '2', expect.any(String)]]);
  });
});
