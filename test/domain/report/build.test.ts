import { describe, expect, it } from 'vitest';
import { canonicalJson, reportHash } from '../../../server/adapters/report-hash.ts';
import { renderReportHtml } from '../../../server/adapters/report-templates.ts';
import { buildReport } from '../../../server/domain/report/build.ts';
import { pointsLost } from '../../../server/domain/report/impact.ts';
import { sourceOf } from '../../../server/domain/report/source.ts';
import { bareInput, caseNamed, reportInput } from './case.ts';

describe('the report document', () => {
  it('is the same, member by member, for the same input', () => {
    const [first, second] = [buildReport(reportInput('EX1')), buildReport(reportInput('EX1'))];
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
  });

  it('keeps its hash when storage reorders the keys, and changes it with any content', () => {
    const report = buildReport(reportInput('EX1'));
    expect(reportHash(reversed(report) as object)).toBe(reportHash(report));
    expect(reportHash({ ...report, version: '1.1' })).not.toBe(reportHash(report));
    expect(JSON.parse(canonicalJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
  });

  it.each(['EX1', 'EX2', 'EX3', 'EX4', 'EX5', 'EX6', 'EX7', 'EX8'])(
    'says the same numbers as the evaluation of %s',
    (name) => {
      const input = bareInput(name);
      const { summary, issues, sections } = buildReport(input);
      const { evaluation } = input;
      expect([summary.judgement.code, summary.score, summary.grade, summary.coverage]).toEqual([
        evaluation.judgement,
        evaluation.score,
        evaluation.grade,
        evaluation.coverage,
      ]);
      expect(summary.sections.map(({ id, score }) => ({ id, score }))).toEqual(evaluation.sections);
      expect(issues.issues.length + issues.toConfirm.length).toBe(evaluation.issues.length);
      expect(issues.toConfirm).toHaveLength(evaluation.issueCounts.toConfirm);
      const asked = evaluation.why.questions.filter((question) => question.state !== 'hidden');
      expect(sections.flatMap((section) => section.questions.map((question) => question.id))).toEqual(
        asked.map(({ id }) => id),
      );
    },
  );

  it('has both languages wherever it has words', () => {
    expect(wordsWithoutLanguage(buildReport(reportInput('EX1')))).toEqual([]);
    expect(wordsWithoutLanguage(buildReport(reportInput('EX8')))).toEqual([]);
  });

  it.each(['EX1', 'EX2', 'EX3', 'EX8'])('gives no assurance in %s (advisory reports must not)', (name) => {
    const text = JSON.stringify(buildReport(reportInput(name)));
    for (const phrase of [
      '問題はない',
      '問題は発見されなかった',
      '問題ありません',
      '安全であること',
      '安全です',
      '保証する。',
      'no problems',
      'is secure and',
      'we assure',
      'free of',
    ]) {
      expect(text).not.toContain(phrase);
    }
  });

  it('lists findings in order, the customer’s duty among them', () => {
    const { findings } = buildReport(bareInput('EX1'));
    expect(findings.map(({ id, status }) => `${id} ${status.code}`)).toEqual([
      ...['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7'].map((id) => `${id} fail`),
      'F8 notRecorded',
      'F9 observed',
    ]);
    const managed = buildReport(bareInput('EX3')).findings.filter((row) => row.status.code === 'managed');
    expect(managed.map((row) => row.id)).toEqual(['F5', 'F6', 'F7']);
  });

  it('rests the legal conclusion on the answers themselves', () => {
    const { legal } = buildReport(reportInput('EX1'));
    expect(legal?.conclusion.code).toBe('ENTRUSTMENT');
    expect(legal?.claimMismatch).not.toBeNull();
    const handled = legal?.factors.find((factor) => factor.id === 'ACTUAL_HANDLING');
    expect(handled?.quotes.map(({ id, answer, evidence }) => [id, answer.ja, evidence.code])).toEqual([
      ['CEX-05', '20件', 'verified'],
    ]);
    const terms = legal?.factors.find((factor) => factor.id === 'TERMS_PERMIT');
    expect(terms?.quotes.find((quote) => quote.id === 'CEX-02')?.files).toEqual(['E-002']);
  });

  it('numbers issues, the failed findings first, with due dates counted from the day of issue', () => {
    const { issues, plan } = buildReport(reportInput('EX1'));
    expect(issues.issues.slice(0, 7).map(({ number, ref }) => `${number} ${ref}`)).toEqual([
      '01 F1',
      '02 F2',
      '03 F3',
      '04 F4',
      '05 F5',
      '06 F6',
      '07 F7',
    ]);
    expect(
      issues.issues.filter((issue) => issue.severity.code === 'major').every((issue) => issue.dueOn === '2026-12-22'),
    ).toBe(true);
    expect(issues.issues.find((issue) => issue.ref === 'DSC-02')).toMatchObject({
      severity: { code: 'minor' },
      dueOn: '2027-02-20',
    });
    expect(plan.map((row) => row.ref)).toEqual(issues.issues.map((issue) => issue.ref));
    expect(plan[0]).toMatchObject({ cause: null, state: { code: 'open' } });
  });

  it('takes what has been agreed about a correction', () => {
    const corrections = [{ ref: 'F1', cause: '設定の不備', dueOn: '2027-01-31', state: 'inProgress' as const }];
    const [first] = buildReport(reportInput('EX1', { corrections })).plan;
    expect(first).toMatchObject({ cause: '設定の不備', dueOn: '2027-01-31', state: { code: 'inProgress' } });
  });

  it('leaves observations to the next evaluation', () => {
    const observed = buildReport(bareInput('EX4')).issues.issues.filter(
      (issue) => issue.severity.code === 'observation',
    );
    expect(observed.length).toBeGreaterThan(0);
    expect(observed.every((issue) => issue.dueOn === null)).toBe(true);
  });

  it('keeps self-declared, submitted and verified answers apart', () => {
    const share = (name: string, code: string) =>
      buildReport(bareInput(name)).scope.assurance.find((one) => one.evidence.code === code)?.percent;
    expect(share('EX2', 'verified')).toBe(100);
    expect(share('EX8', 'verified')).toBe(0);
    expect((share('EX8', 'none') ?? 0) + (share('EX8', 'missing') ?? 0)).toBeCloseTo(100, 5);
    expect(share('EX1', 'open')).toBe(82.4);
  });

  it('tells required evidence that is missing from a mere declaration', () => {
    const levels = new Map(
      bareInput('EX8').questionnaire.sections.flatMap((section) =>
        section.questions.map((question) => [question.id, question.evidence.level] as const),
      ),
    );
    const answered = buildReport(bareInput('EX8'))
      .sections.flatMap((section) => section.questions)
      .filter((question) => question.state === 'answered');
    expect(answered.length).toBeGreaterThan(70);
    for (const { id, evidence } of answered)
      expect(evidence.code, id).toBe(levels.get(id) === 'required' ? 'missing' : 'none');
  });

  it.each(['EX1', 'EX4', 'EX5', 'EX7', 'EX8'])('accounts for every point %s did not reach', (name) => {
    const source = sourceOf(bareInput(name));
    const { evaluation } = source.input;
    const questions = [...source.results.keys()].reduce((sum, id) => sum + pointsLost(source, id), 0);
    const scored = evaluation.why.sections.filter((section) => section.score !== null);
    const total = scored.reduce((sum, section) => sum + section.weight, 0);
    const certificates = scored
      .filter((section) => section.applicableWeight === 0)
      .reduce((sum, section) => sum + (section.weight / total) * (100 - (section.score ?? 0)), 0);
    expect(questions + certificates).toBeCloseTo(100 - evaluation.raw, 0);
    expect(Math.abs(questions + certificates - (100 - evaluation.raw))).toBeLessThan(0.11);
  });

  it('says of each evidence file whether it was scanned and still holds, and cites none that was deleted', () => {
    const input = reportInput('EX1');
    const [first, second] = input.evidenceFiles ?? [];
    const { asOf } = input.evaluation;
    const files = [
      { ...second, effectiveOn: '2025-04-01', expiresOn: asOf, scan: 'clean' },
      { ...first, expiresOn: '2020-01-01', scan: 'infected' },
    ] as NonNullable<typeof input.evidenceFiles>;
    const { evidence, sections } = buildReport({ ...input, evidenceFiles: files });
    expect(evidence.map(({ expired, scan, effectiveOn }) => [expired, scan.code, effectiveOn])).toEqual([
      [false, 'clean', '2025-04-01'],
      [true, 'infected', null],
    ]);
    expect(JSON.stringify(sections)).not.toContain('E-002');
    const bare = buildReport(input).evidence[0];
    expect([bare?.scan.label.ja, bare?.expired]).toEqual(['ウイルス検査なし', false]);
  });

  it('tells of proof that was not handed over, in the order of the questionnaire, and of no question that was not asked', () => {
    const input = reportInput('EX1');
    const hidden = input.evaluation.why.questions.find(({ state }) => state === 'hidden')?.id ?? '';
    const reason = '構成図は社外秘のため、\n来社時に閲覧できる。<b>';
    const withheld = ['NOWHERE-1', hidden, 'AUTH-08', 'ORG-02'].map((subject) => ({ subject, reason }));
    const report = buildReport({ ...input, withheld });
    expect(report.withheld?.map(({ subject }) => subject)).toEqual(['ORG-02', 'AUTH-08']);
    expect(report.withheld?.[1]).toMatchObject({ reason, state: { code: 'verified' } });
    for (const [lang, title] of [
      ['ja', '提出されていない証跡'],
      ['en', 'Proof not handed over'],
    ] as const) {
      const html = renderReportHtml(report, lang);
      expect(html).toContain(title);
      expect(html).toContain('構成図は社外秘のため、\n来社時に閲覧できる。&lt;b&gt;');
      // As issued before this was told.
      expect(renderReportHtml(buildReport(input), lang)).not.toContain(title);
    }
    expect(buildReport(input)).not.toHaveProperty('withheld');
  });

  it('prints a reason of very many lines as running text, which no vendor can make too long for a browser', () => {
    const withheld = [{ subject: 'ORG-02', reason: `${'行\n'.repeat(1_999)}末尾` }];
    const report = buildReport({ ...reportInput('EX1'), withheld });
    const html = renderReportHtml(report, 'ja');
    expect(html).toContain('行 / 行 / 末尾');
    expect(html).not.toContain('行\n行');
  });

  it('numbers evidence files in order of arrival', () => {
    const { evidence } = buildReport(reportInput('EX1'));
    expect(evidence.map(({ number, id }) => `${number} ${id}`)).toEqual(['E-001 a', 'E-002 b']);
  });

  it('prints what the reviewer said of a certificate', () => {
    const [row] = buildReport({
      ...bareInput('EX6'),
      reviews: [{ subject: 'CRT-01#1', remark: '登録証の写しを確認' }],
    }).certificates;
    expect(row).toMatchObject({ ref: 'CRT-01#1', remark: '登録証の写しを確認' });
  });

  it('judges certificates on the evaluation date', () => {
    const { certificates } = buildReport(bareInput('EX6'));
    expect(certificates.map((one) => one.status.code)).toEqual(expect.arrayContaining(['expired', 'expired']));
    expect(certificates.every((one) => one.expires !== null && one.expires < '2026-11-21')).toBe(true);
  });

  it('is a draft when the evaluation is provisional', () => {
    const provisional = { ...caseNamed('EX3'), mode: 'provisional' as const };
    expect(buildReport(bareInput('EX3', provisional)).draft).toBe(true);
    expect(buildReport(bareInput('EX3')).draft).toBe(false);
  });

  it('compares with the previous evaluation', () => {
    const previous = { ...bareInput('EX3').evaluation, reference: 'R-0' };
    const { summary } = buildReport(reportInput('EX1', { previous }));
    expect(summary.previous).toMatchObject({ score: 92.3, difference: -91, judgement: { code: 'conform' } });
    expect(summary.sections.find((section) => section.id === 'ORG')?.previous).toBe(100);
  });
});

describe('the duties of the customer', () => {
  const all = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`CUS-0${index + 1}`, 'yes' as const]));
  const status = (duties: Record<string, 'yes' | 'no' | 'notYet'>, name = 'EX1') =>
    buildReport(reportInput(name, { duties })).duties?.status.code;

  it('pass when all are done, and fail where an entrustment was not recognised', () => {
    expect(status(all)).toBe('pass');
    expect(status({ ...all, 'CUS-01': 'no' })).toBe('fail');
    expect(status({ ...all, 'CUS-01': 'no' }, 'EX2')).toBe('partial');
    expect(status({ ...all, 'CUS-05': 'no' })).toBe('partial');
  });

  it('are unknown while some are open, and not recorded while none is answered', () => {
    expect(status({ ...all, 'CUS-07': 'notYet' })).toBe('unknown');
    expect(status({ 'CUS-01': 'yes' })).toBe('unknown');
    expect(status({})).toBe('notRecorded');
  });

  it('ask about clients only where the customer is an entrustee', () => {
    const ids = (isEntrustee: boolean) =>
      buildReport(reportInput('EX1', { organisation: { name: '甲', isEntrustee } })).duties?.duties.map(
        (duty) => duty.id,
      );
    expect(ids(true)).toContain('CUS-07');
    expect(ids(false)).not.toContain('CUS-07');
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, reversed(one)]),
  );
}

/** Paths of objects with one language only, or with an empty text in one. */
function wordsWithoutLanguage(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('ja' in value || 'en' in value) {
    const { ja, en } = value as { ja?: unknown; en?: unknown };
    return typeof ja === 'string' && typeof en === 'string' && (ja === '') === (en === '') ? [] : [path];
  }
  return Object.entries(value).flatMap(([key, one]) => wordsWithoutLanguage(one, `${path}/${key}`));
}
