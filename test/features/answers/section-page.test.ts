import { describe, expect, it } from 'vitest';
import type { Questionnaire } from '../../../server/domain/questionnaire/questionnaire.ts';
import { beforeEachAnswering, sent, test, vendor } from './answering.ts';
import { pdf } from './hostile-files.ts';
import { respondentOf } from './respondent.ts';
import { sentAssessment } from './sent-assessment.ts';

beforeEachAnswering();

describe('the section page', () => {
  it('shows every section in both languages', async () => {
    const { compiled } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0');
    for (const section of compiled.questionnaire.sections) {
      for (const lang of ['ja', 'en'] as const) {
        const page = await vendor.get(`/respond/sections/${section.id}?lang=${lang}`);
        expect(page.status).toBe(200);
        expect(page.body).toContain(`<html lang="${lang}">`);
        for (const { id } of section.questions) expect(page.body).toContain(`id="q-${id}"`);
      }
    }
  });

  it('puts questions away that do not apply, and sends nothing for them', async () => {
    const before = (await vendor.get('/respond/sections/CEX')).body;
    expect(before).toMatch(/id="q-DATA-02"[^>]* hidden disabled/);
    await vendor.put('DATA-01', { revision: 0, value: 'yes' });
    expect((await vendor.get('/respond/sections/CEX')).body).not.toMatch(/id="q-DATA-02"[^>]* hidden disabled/);
  });

  it('falls back to Japanese, and says so, where a questionnaire lacks English', async () => {
    const { compiled } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0');
    const questionnaire = JSON.parse(JSON.stringify(compiled.questionnaire)) as {
      sections: { questions: { id: string; text: { en: string } }[] }[];
    };
    const question = questionnaire.sections[0]?.questions[0];
    if (question) question.text.en = '';
    const bare = await sentAssessment(test.app, test.services, {
      questionnaire: questionnaire as Questionnaire & typeof questionnaire,
      questionnaireHash: 'without English',
    });
    const page = await respondentOf(test, bare).get('/respond/sections/ORG?lang=en');
    expect(page.body).toContain('<span lang="ja">事業者名');
    for (const path of ['questions', 'check', 'answers']) {
      expect((await respondentOf(test, bare).get(`/respond/${path}?lang=en`)).body).toContain(
        '<span lang="ja">事業者名',
      );
      expect((await respondentOf(test, bare).get(`/respond/${path}?lang=ja`)).body).not.toContain('<span lang="ja">');
    }
  });

  it('shows one question at a time, saves it alone and leads through every section', async () => {
    await vendor.put('DATA-01', { revision: 0, value: 'yes' });
    expect((await vendor.get('/respond/sections/CEX')).body).toContain('href="/respond/sections/CEX?one&#x3D;DATA-01"');
    const page = (await vendor.get('/respond/sections/CEX?one=DATA-02')).body;
    expect(page.match(/data-question="[^"]+"/g)).toEqual(['data-question="DATA-02"']);
    expect(page).toContain('href="/respond/sections/CEX#q-DATA-02"');
    expect(page).toMatch(/rel="prev" href="\/respond\/sections\/CEX\?one&#x3D;DATA-01"/);
    const config = JSON.parse(/data-respond="([^"]+)"/.exec(page)?.[1]?.replaceAll('&quot;', '"') ?? '') as {
      answers: Record<string, unknown>;
    };
    expect(config.answers['DATA-01']).toEqual({ value: 'yes', shown: true });

    const typed = { 'ORG-05.revision': '0', 'ORG-05.choice': 'doc' };
    const saved = await vendor.post('ORG?one=ORG-05', { ...typed, action: 'save' });
    expect(saved.headers.location).toBe('/respond/sections/ORG?one=ORG-05&done=answers.saved');
    const next = await vendor.post('ORG?one=ORG-05', { action: 'next' });
    expect(next.headers.location).toBe('/respond/sections/CEX?one=DATA-01');
    const last = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0').compiled.questions.at(-1);
    const end = await vendor.post(`${last?.sectionId}?one=${last?.question.id}`, { action: 'next' });
    expect(end.headers.location).toBe('/respond/sections');
  });

  it('shows the whole section where the one question asked for is not there to answer', async () => {
    for (const one of ['DATA-02', 'ORG-01', 'nothing']) {
      const page = await vendor.get(`/respond/sections/CEX?one=${one}`);
      expect(page.body.match(/data-question="/g)?.length).toBeGreaterThan(1);
    }
  });

  it('leads on: next section, back to the check, or the receipt of a finished request', async () => {
    expect((await vendor.post('ORG', { action: 'next' })).headers.location).toBe('/respond/sections/CEX');
    expect((await vendor.post('ORG?return=check', { action: 'next' })).headers.location).toBe('/respond/check');
    const done = respondentOf(test, await sentAssessment(test.app, test.services, { state: 'submitted' }));
    expect(await done.get('/respond/sections/ORG')).toMatchObject({
      status: 303,
      headers: { location: '/respond/answers' },
    });
    expect((await done.post('ORG', { action: 'save' })).status).toBe(409);
    expect((await vendor.get('/respond/sections/NOPE')).status).toBe(404);
  });

  it('saves the good answers of a form and gives back the others as typed', async () => {
    const reply = await vendor.post('AUTH', {
      ...posted('AUTH-01', { typed: '<b>約10</b>', comment: '書いた補足' }),
      ...posted('AUTH-03', { choice: 'mix' }),
      action: 'next',
    });
    expect(reply.status).toBe(400);
    expect(reply.body).toContain('value="&lt;b&gt;約10&lt;/b&gt;"');
    expect(reply.body).toContain('書いた補足');
    expect(reply.body).toContain('href="#q-AUTH-01"');
    expect(await answers()).toMatchObject({ 'AUTH-03': { value: 'mix' } });
    expect(await answers()).not.toHaveProperty('AUTH-01');
  });

  it('leaves an answer alone that only a colleague has changed', async () => {
    await vendor.put('ORG-02', { revision: 0, value: 'yes' });
    const untouched = formFields((await vendor.get('/respond/sections/ORG')).body, 'ORG-02');
    await vendor.put('ORG-02', { revision: 1, value: 'doc' });
    const reply = await vendor.post('ORG', {
      ...untouched,
      'ORG-02.choice': 'yes',
      ...posted('ORG-03', { choice: 'old' }),
      action: 'save',
    });
    expect(reply.status).toBe(303);
    expect(await answers()).toMatchObject({ 'ORG-02': { value: 'doc', revision: 2 }, 'ORG-03': { value: 'old' } });
  });

  it('shows both texts of a clash, and saving again overwrites on purpose', async () => {
    const stale = formFields((await vendor.get('/respond/sections/ORG')).body, 'ORG-02');
    await vendor.put('ORG-02', { revision: 0, value: 'yes', comment: '同僚の補足' });
    const clash = await vendor.post('ORG', {
      ...stale,
      'ORG-02.choice': 'no',
      'ORG-02.comment': '私の補足',
      action: 'save',
    });
    expect(clash.status).toBe(409);
    for (const text of ['同僚の補足', '私の補足', '田中太郎']) expect(clash.body).toContain(text);
    const again = formFields(clash.body, 'ORG-02');
    expect(
      (await vendor.post('ORG', { ...again, 'ORG-02.choice': 'no', 'ORG-02.comment': '私の補足', action: 'save' }))
        .status,
    ).toBe(303);
    expect(await answers()).toMatchObject({ 'ORG-02': { value: 'no', comment: '私の補足', revision: 2 } });
  });

  it('saves what was typed before a file is attached, and tells which file was refused', async () => {
    const reply = await vendor.post('AUTH', { ...posted('AUTH-01', { typed: '12' }), action: 'save' }, [
      { control: 'AUTH-01.file', name: '規程.pdf', bytes: pdf },
      { control: 'AUTH-02.file', name: '偽.png', bytes: pdf },
    ]);
    expect(reply.status).toBe(400);
    expect(reply.body).toContain('「偽.png」を添付できませんでした');
    expect(reply.body).toContain('規程.pdf');
    expect(await answers()).toMatchObject({ 'AUTH-01': { value: 12 } });
  });
});

describe('what no page of ours sends', () => {
  const send = (type: string, payload: string, url = '/respond/sections/ORG') =>
    test.app.inject({
      method: 'POST',
      url,
      headers: { cookie: sent.respondent, origin: test.services.config.publicUrl, 'content-type': type },
      payload,
    });

  it.each(['{"ORG-02.revision":"0","ORG-02.comment":5}', '{"action":5}', '{"ORG-02.choice":[{}]}', '"x"', 'null'])(
    'JSON is refused with 415: %s',
    async (payload) => {
      expect((await send('application/json', payload)).statusCode).toBe(415);
    },
  );

  it.each([
    ['multipart/form-data', 'x'],
    ['multipart/form-data; boundary=x', 'x'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF',
    ],
  ])('a form that breaks off is refused with 400 (%s)', async (type, payload) => {
    for (const url of ['/respond/sections/ORG', '/api/respond/evidence']) {
      expect((await send(type, payload, url)).statusCode).toBe(400);
    }
  });

  it('more text than a section can hold is refused with 413', async () => {
    const part = (n: number) => `--x\r\nContent-Disposition: form-data; name="${n}"\r\n\r\n${'あ'.repeat(21_000)}\r\n`;
    const payload = `${Array.from({ length: 220 }, (_, n) => part(n)).join('')}--x--\r\n`;
    const reply = await send('multipart/form-data; boundary=x', payload);
    expect(reply.statusCode).toBe(413);
    expect(reply.body).toContain('証跡として添付');
  });

  it.each(['addRecord:あ', 'clear:a\r\nSet-Cookie: a=b', 'dropRecord:"#1', 'addRecord:\0'])(
    'a button of its own making leads nowhere else: %s',
    async (action) => {
      const reply = await vendor.post('ORG', { action });
      expect(reply.status).toBe(303);
      expect(reply.headers.location).toMatch(/^\/respond\/sections\/ORG\?[\x21-\x7e]+$/);
      expect(reply.headers).not.toHaveProperty('set-cookie');
    },
  );
});

describe('what a respondent must not see', () => {
  it('is on no page and in no reply', async () => {
    const { compiled } = test.services.questionnaires.get('jp-cloud-ppc', '1.0.0');
    const marked = marksOn(compiled.questionnaire);
    const canaried = await sentAssessment(test.app, test.services, {
      questionnaire: marked,
      questionnaireHash: 'canaries',
    });
    const other = respondentOf(test, canaried);
    const saved = await other.put('DATA-01', { revision: 0, value: 'yes' });
    // The advice a vendor may read has a list of its own (advice.test.ts), empty here; that of the questionnaire stays inside.
    const bodies = [saved.body.replace('"advice":[]', ''), (await other.get('/api/respond/assessment')).body];
    for (const { id } of marked.sections) bodies.push((await other.get(`/respond/sections/${id}`)).body);
    bodies.push((await other.put('ORG-02', { revision: 0, value: 'nope' })).body);
    for (const body of bodies) {
      expect(body).not.toMatch(/CANARY/);
      expect(body).not.toMatch(
        /"(weight|score|fails|finding|failureSeverity|legalFact|advice|bands|monthBands|points|scoring|findings)"/,
      );
    }
  });
});

const posted = (id: string, controls: Record<string, string | string[]>) =>
  Object.fromEntries(
    Object.entries({ revision: '0', was: '', ...controls }).map(([name, value]) => [`${id}.${name}`, value]),
  );

/** The hidden fields of one question of a page. */
function formFields(html: string, id: string): Record<string, string> {
  const field = (name: string) => new RegExp(`name="${id}\\.${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  return { [`${id}.revision`]: field('revision'), [`${id}.was`]: field('was').replaceAll('&#x3D;', '=') };
}

async function answers() {
  return ((await vendor.get('/api/respond/assessment')).json as { answers: Record<string, object> }).answers;
}

/** The questionnaire with a marked word in every text that is not for vendors. */
function marksOn(questionnaire: Questionnaire): Questionnaire {
  const mark = { ja: 'CANARY', en: 'CANARY' };
  return {
    ...questionnaire,
    sections: questionnaire.sections.map((section) => ({
      ...section,
      questions: section.questions.map((question) => ({
        ...question,
        advice: mark,
        references: ['CANARY'],
        failureSeverity: 'major',
      })),
    })),
    findings: questionnaire.findings?.map((finding) => ({ ...finding, title: mark, statement: mark })),
    certificateKinds: questionnaire.certificateKinds?.map((kind) => ({ ...kind, source: mark })),
  };
}
