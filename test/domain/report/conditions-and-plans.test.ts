import { describe, expect, it } from 'vitest';
import { renderReportHtml } from '../../../server/adapters/report-templates.ts';
import type { Answers } from '../../../server/domain/questionnaire/answer.ts';
import { effectiveAnswers } from '../../../server/domain/questionnaire/effective-answers.ts';
import { buildReport } from '../../../server/domain/report/build.ts';
import type { ReportInput } from '../../../server/domain/report/input.ts';
import type { Case } from '../../../server/domain/scoring/evaluation.ts';
import { scoreRange } from '../../../server/domain/scoring/score-range.ts';
import { bestWith, jp } from '../cases.ts';
import { bareInput } from './case.ts';

const conditional = { value: 'all', condition: 'エンタープライズプランの契約' };
const measure = '全利用者に必須化する';
const answers = bestWith({
  'AUTH-04': { answer: { value: 'none', evidence: 'verified', plan: { by: '2027-09-30', measure } } },
  'AUTH-05': { answer: { value: 'opt', evidence: 'verified', conditional } },
  'LOG-02': { answer: { value: 6, evidence: 'verified', plan: { by: '2026-12-10', measure: '12か月に延長' } } },
  'BCK-01': { answer: { value: 'unknown', plan: { by: '2026-12-20', measure: '取得間隔を調べる' } } },
  'AUTH-01': { answer: { value: 15, evidence: 'verified', plan: { by: '2026-12-20', measure: '不要な予定' } } },
});

function reportOf(given: Answers, changes: Partial<ReportInput> = {}) {
  const scored: Case = { asOf: '2026-11-21', mode: 'final', answers: given };
  const range = scoreRange(jp, scored);
  return buildReport({ ...bareInput('EX2', scored), ...(range ? { range } : {}), ...changes });
}
const rowOf = (report: ReturnType<typeof reportOf>, id: string) =>
  report.sections.flatMap(({ questions }) => questions).find((row) => row.id === id);
const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('a conditional answer in the report', () => {
  it('is marked with its condition while nobody has settled it, and the score has its range', () => {
    const report = reportOf(answers);
    expect(rowOf(report, 'AUTH-05')).toMatchObject({
      condition: { condition: conditional.condition, settled: { code: 'unsettled' }, otherIs: 'under', reason: null },
    });
    expect(report.summary.range).toMatchObject({ from: report.summary.score, unsettled: 1 });
    const html = { ja: text(renderReportHtml(report, 'ja')), en: text(renderReportHtml(report, 'en')) };
    expect(html.ja).toContain('条件は未判定 ：エンタープライズプランの契約');
    expect(html.ja).toContain('条件を満たす場合の回答（採点に用いていない）：');
    expect(html.ja).toContain('条件による幅（参考）');
    expect(html.en).toContain('Condition not settled : エンタープライズプランの契約');
    expect(html.en).toContain('Range, given the conditions (information only)');
  });

  it('gives the other answer as what is not scored, once it is settled', () => {
    const held = reportOf(effectiveAnswers(answers, { 'AUTH-05': true }), {
      reviews: [{ subject: 'AUTH-05', conditionReason: '契約書第3条' }],
    });
    const row = rowOf(held, 'AUTH-05')!;
    expect(row.condition).toMatchObject({ settled: { code: 'holds' }, otherIs: 'without', reason: '契約書第3条' });
    expect(row.answer).toEqual([rowOf(reportOf(answers), 'AUTH-05')?.condition?.other]);
    expect(row.points?.reached).toBe(row.points?.of);
    expect(held.summary.range).toBeUndefined();
    expect(text(renderReportHtml(held, 'ja'))).toContain('判定の根拠：契約書第3条');
    const not = reportOf(effectiveAnswers(answers, { 'AUTH-05': false }));
    expect(rowOf(not, 'AUTH-05')?.condition).toMatchObject({ settled: { code: 'notHeld' }, otherIs: 'under' });
  });
});

describe('the corrective plan', () => {
  it('lists what the vendor promised beside the day that is due, and says when it is late', () => {
    const { plan } = reportOf(answers);
    const own = (ref: string) => plan.filter((row) => row.ref === ref);
    expect(own('AUTH-04')).toMatchObject([{ commitment: { by: '2027-09-30', measure, late: true } }]);
    expect(own('AUTH-04')[0]!.dueOn! < '2027-09-30').toBe(true);
    // Enough for no issue, but not everything: still a promise.
    expect(own('LOG-02')).toMatchObject([{ number: 'P01', severity: null, dueOn: null, commitment: { late: false } }]);
    expect(own('BCK-01')).toMatchObject([
      { number: expect.stringMatching(/^C\d\d$/), severity: { code: 'toConfirm' } },
    ]);
    expect(own('AUTH-01')).toEqual([]);
    const html = text(renderReportHtml(reportOf(answers), 'ja'));
    expect(html).toContain(`委託先の予定 ：${measure}`);
    expect(html).toContain('委託先の予定日：2027年9月30日 ▲ 期限より後');
    expect(text(renderReportHtml(reportOf(answers), 'en'))).toContain(
      'Vendor plan date: 30 September 2027 ▲ after the due date',
    );
  });
});

describe('a report without conditions and plans', () => {
  it('holds nothing about them', () => {
    const document = JSON.stringify(reportOf(bestWith({ 'AUTH-05': 'opt' })));
    expect(document).not.toMatch(/"commitment"|"condition":|"range"/);
  });
});
