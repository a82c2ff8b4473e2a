import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { respondentOf } from '../answers/respondent.ts';
import { sentAssessment } from '../answers/sent-assessment.ts';
import { rows, send, submitted } from '../reviews/submitted-assessment.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

const roundsOf = (assessmentId: string) =>
  rows(test, `select * from rounds where assessment_id = '${assessmentId}' order by round`);

describe('what is handed in', () => {
  it('is kept as it was, with its files', async () => {
    const work = await submitted(test, {
      answers: {
        'ORG-02': { value: 'doc', comment: '年1回見直し' },
        'ORG-05': { value: 'na', naReason: '該当する業務がないため' },
      },
      files: ['ORG-02', 'ORG-03'],
    });
    const [kept] = await roundsOf(work.assessmentId);
    const [assessment] = await rows(test, `select * from assessments where id = '${work.assessmentId}'`);
    expect(kept).toMatchObject({
      round: 1,
      receipt_number: assessment?.receipt_number,
      submitted_at: assessment?.submitted_at,
      attestation: assessment?.attestation,
    });
    const files = await rows(test, 'select id, subject, sha256 from evidence_files');
    const fileOf = (subject: string) => files.find((file) => file.subject === subject);
    expect(kept?.answers).toEqual({
      'ORG-02': expect.objectContaining({
        ...{ value: 'doc', comment: '年1回見直し', updatedBy: '田中太郎', plan: null, conditional: null, withheld: '' },
        files: [fileOf('ORG-02')?.sha256],
        evidence: [{ id: fileOf('ORG-02')?.id, subject: 'ORG-02', effectiveOn: null, expiresOn: null }],
      }),
      'ORG-03': expect.objectContaining({ value: null, files: [fileOf('ORG-03')?.sha256], updatedBy: '' }),
      'ORG-05': expect.objectContaining({ value: 'na', naReason: '該当する業務がないため', files: [] }),
    });
  });

  it('leaves out what does not apply any more', async () => {
    const sent = await sentAssessment(test.app, test.services);
    const vendor = respondentOf(test, sent);
    await vendor.put('DATA-01', { revision: 0, value: 'yes' });
    expect((await vendor.put('SUB-01', { revision: 0, value: 'yes' })).status).toBe(200);
    await vendor.put('DATA-01', { revision: 1, value: 'no' });
    const form = { attested: 'yes', name: '佐藤一郎', title: '部長', unanswered: 'yes' };
    await send(test, sent.respondent, 'POST', '/respond/submission', { form }, 303);
    const [kept] = await roundsOf(sent.assessmentId);
    expect(Object.keys(kept?.answers as object)).toEqual(['DATA-01']);
  });
});
