import { describe, expect, it } from 'vitest';
import { dataItemWords, dataRisk, usualDataItems } from '../../../server/domain/assessment/data-items.ts';
import { inherentRisk } from '../../../server/domain/assessment/inherent-risk.ts';

const plain = { dataItems: ['氏名'], dataSubjects: 10, criticality: 'low' as const };

describe('the inherent risk of a service', () => {
  it.each([
    ['1,000 people are not more than 1,000', { dataSubjects: 1_000 }, 'low'],
    ['1,001 people', { dataSubjects: 1_001 }, 'medium'],
    ['5,000 people are not more than 5,000', { dataSubjects: 5_000 }, 'medium'],
    ['5,001 people', { dataSubjects: 5_001 }, 'high'],
    ['nobody', { dataSubjects: 0 }, 'low'],
    ['an unknown number of people', { dataSubjects: null }, 'medium'],
    ['less than a day of outage', { criticality: 'high' as const }, 'high'],
    ['some days of outage', { criticality: 'medium' as const }, 'low'],
    ['My Number, ticked', { dataItems: ['個人番号（マイナンバー）'] }, 'high'],
    ['My Number, in own words', { dataItems: ['従業員のマイナンバー'] }, 'high'],
    ['special care, in full width', { dataItems: ['健康診断結果'] }, 'high'],
    ['handling abroad', { dataItems: ['外国で保存または取り扱われる個人データ'] }, 'high'],
  ])('with %s', (_name, change, tier) => {
    expect(inherentRisk({ ...plain, ...change }).tier).toBe(tier);
  });

  it('gives every reason, each with its source, in both languages', () => {
    const { reasons, cadence } = inherentRisk({
      dataItems: ['個人番号（マイナンバー）', '病歴', '海外の倉庫の名簿'],
      dataSubjects: 6_000,
      criticality: 'high',
    });
    expect(reasons).toHaveLength(5);
    for (const { ja, en } of reasons)
      expect([ja, en].join()).toMatch(/（.*(法|規則|ガイドライン|基準).*\(.*(Act|APPI|Guidelines|criterion)/s);
    expect(reasons[1]?.ja).toContain('病歴');
    expect(cadence.ja).toContain('6〜12か月');
  });

  it('knows the usual kinds by either language and keeps own words as typed', () => {
    for (const { label, risk } of usualDataItems) {
      expect(dataItemWords(label.en)).toEqual(label);
      expect(dataRisk(label.ja)).toBe(risk ?? null);
    }
    expect(dataItemWords('社員番号')).toEqual({ ja: '社員番号', en: '社員番号' });
    expect(dataRisk('社員番号')).toBeNull();
  });
});
