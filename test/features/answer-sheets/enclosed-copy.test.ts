import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mails } from '../../../db/schema/index.ts';
import { enclosed } from '../../../server/adapters/mail/enclosure.ts';
import { openLetter } from '../../../server/adapters/mail/outbox.ts';
import { encloseCopy } from '../../../server/features/answer-sheets/enclose-copy.ts';
import { inspect } from '../../adapters/pdf/inspect.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { answer, declared, newTeam, type Team } from '../people/team.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

async function handedIn(at: TestApp, lang = 'ja'): Promise<Team> {
  const team = await newTeam(at);
  expect(await answer(team.owner, 'ORG-02', 'yes', 0, '年1回点検しています。')).toBe(200);
  expect((await team.owner.post(`/respond/submission?lang=${lang}`, declared)).statusCode).toBe(303);
  return team;
}

async function receiptOf({ services }: TestApp) {
  const receipt = (await services.mails()).find(({ kind }) => kind === 'receipt');
  if (!receipt) throw new Error('no receipt was mailed');
  return receipt;
}

describe('the mail that says the answers have arrived', () => {
  it.each([
    ['ja', '回答控え', '同じ内容のPDF（回答控え）を添付しています。'],
    ['en', 'answers', 'The same is attached as a PDF.'],
  ])('carries the copy in the language of its reader (%s)', { timeout: 60_000 }, async (lang, name, words) => {
    test.services.clock.advance(1_000);
    await handedIn(test, lang);
    const { id, attachments, text, html } = await receiptOf(test);
    expect(attachments).toHaveLength(1);
    const [copy] = attachments;
    expect(copy).toMatchObject({ mediaType: 'application/pdf', encoding: 'base64' });
    expect(copy?.name).toMatch(new RegExp(`^KA-2026-.*_${name}_KR-.*\\.pdf$`));
    const read = await inspect(new Uint8Array(Buffer.from(copy?.content ?? '', 'base64')));
    expect(read.lang).toBe(lang);
    expect(read.pages.join('').replace(/\s/g, '')).toContain('年1回点検しています。');
    const shown = await test.app.inject({ url: `/captured-mail/${id}`, headers: { host: 'localhost' } });
    expect(shown.body).toContain(`href="/captured-mail/${id}/attachments/0"`);
    const file = await test.app.inject({ url: `/captured-mail/${id}/attachments/0`, headers: { host: 'localhost' } });
    expect(file.headers['content-type']).toBe('application/pdf');
    expect(file.rawPayload.toString('base64')).toBe(copy?.content);
    for (const part of [text, html ?? '']) expect(part).toContain(words);
    expect(text).not.toMatch(/添付できません|could not be attached|10 ?MB/);
  });

  it('leaves without the copy where there is no browser, and says where to find it', { timeout: 60_000 }, async () => {
    const bare = await buildTestApp({ PUPPETEER_EXECUTABLE_PATH: '/nowhere/chromium', LOG_LEVEL: 'silent' });
    try {
      await handedIn(bare);
      const { attachments, text, html } = await receiptOf(bare);
      expect(attachments).toEqual([]);
      for (const part of [text, html ?? '']) {
        expect(part).toContain('PDFの控えは添付できませんでした。');
        expect(part).toContain('「回答控え（PDF）」からダウンロードしてください。');
        expect(part).not.toContain('を添付しています');
      }
      expect(text).toContain('年1回点検しています。');
    } finally {
      await bare.close();
    }
  });

  it('leaves a copy out that is too large, and makes the same one when it is tried again', {
    timeout: 60_000,
  }, async () => {
    const { organisationId, assessmentId } = (await handedIn(test)).sent;
    const wanted = { assessmentId, round: 1, locale: 'ja' } as const;
    const [row] = await test.services.database.inOrganisation(organisationId, (db) =>
      db
        .select()
        .from(mails)
        .where(and(eq(mails.assessmentId, assessmentId), eq(mails.kind, 'receipt'))),
    );
    const letter = openLetter(test.services.keys, row?.sealed ?? '', organisationId, row?.id ?? '');
    expect(letter.enclosure).toMatchObject(wanted);

    const without = await enclosed(letter, organisationId, encloseCopy(test.services, 10_000));
    expect(without.attachments).toEqual([]);
    expect(without.text).toContain('10MBを超えるため添付していません。');
    expect(without).not.toHaveProperty('enclosure');

    const enclose = encloseCopy(test.services);
    const first = await enclose(organisationId, wanted);
    test.services.clock.advance(3_600_000);
    expect(await enclose(organisationId, wanted)).toEqual(first);
    expect(typeof first).toBe('object');
  });

  it('gives a submission of another organisation to nobody', async () => {
    const { sent } = await handedIn(test);
    const other = await newTeam(test);
    const wanted = { assessmentId: sent.assessmentId, round: 1, locale: 'ja' } as const;
    expect(await encloseCopy(test.services)(other.sent.organisationId, wanted)).toBe('missing');
  });

  it('waits for the next start when the server is stopping', { timeout: 60_000 }, async () => {
    const stopping = await buildTestApp();
    try {
      const { organisationId, assessmentId } = (await handedIn(stopping)).sent;
      await stopping.services.pdf.close();
      const made = encloseCopy(stopping.services)(organisationId, { assessmentId, round: 1, locale: 'ja' });
      await expect(made).rejects.toMatchObject({ code: 'pdf_closed' });
    } finally {
      await stopping.close();
    }
  });
});
