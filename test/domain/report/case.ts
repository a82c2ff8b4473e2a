import { readFileSync } from 'node:fs';
import { publicHolidays } from '../../../server/adapters/holidays.ts';
import { loadQuestionnaires } from '../../../server/adapters/questionnaire-files.ts';
import type { ReportInput } from '../../../server/domain/report/input.ts';
import { evaluate } from '../../../server/domain/scoring/evaluate.ts';
import type { Case } from '../../../server/domain/scoring/evaluation.ts';
import { readCase } from '../../../server/domain/scoring/read-case.ts';

const examples = JSON.parse(readFileSync(new URL('../../cases/worked-examples.json', import.meta.url), 'utf8'));
export const published = loadQuestionnaires().get('jp-cloud-ppc', '1.0.0');

export function caseNamed(name: string): Case {
  return readCase(examples[name]).input;
}

/** A report of a worked example with every block filled in, and `changes` on top. */
export function reportInput(
  name: string,
  changes: Partial<ReportInput> = {},
  scored: Case = caseNamed(name),
): ReportInput {
  return {
    ...bareInput(name, scored),
    organisation: {
      name: '社会保険労務士法人みなと事務所',
      nameEn: 'Minato Labour and Social Security Attorneys',
      isEntrustee: true,
    },
    vendor: {
      name: '株式会社例示システム',
      nameEn: 'Reiji Systems Co., Ltd.',
      corporateNumber: '1234567890123',
      address: '大阪府大阪市北区1-2-3',
    },
    service: {
      name: '例示クラウド',
      version: '5.2',
      entrustedWork: '給与計算データの保存',
      dataItems: ['氏名', '個人番号'],
      dataSubjects: 1200,
    },
    assessment: {
      reference: 'R-0001',
      sentAt: '2023-05-08T00:00:00Z',
      submittedAt: '2023-05-29T05:10:00Z',
      period: { from: '2022-04-01', to: '2023-03-31' },
    },
    attestation: { name: '山田 太郎', title: '取締役', at: '2023-05-29T05:10:00Z' },
    preparedBy: { name: '佐藤 花子', title: '監査人', at: '2023-06-05T02:00:00Z', approvalId: 'ap-1' },
    evidenceFiles: [
      {
        ...file,
        id: 'b',
        subject: 'CEX-02',
        name: '利用規約.pdf',
        uploadedAt: '2023-05-28T02:00:00Z',
        sha256: 'b'.repeat(64),
      },
      {
        ...file,
        id: 'a',
        subject: 'AUTH-08',
        name: '設定画面.png',
        uploadedAt: '2023-05-28T01:00:00Z',
        sha256: 'a'.repeat(64),
      },
    ],
    reviews: [{ subject: 'AUTH-08', remark: '画面の設定値と一致することを確認。' }],
    history: [
      { at: '2023-05-08T00:00:00Z', actor: '佐藤 花子', action: { ja: '質問票を送付', en: 'Questionnaire sent' } },
    ],
    ...changes,
  };
}

const file = { size: 2048, mediaType: 'application/pdf', uploadedBy: '山田 太郎', state: 'verified' } as const;

/** The same with nothing beside the case. */
export function bareInput(name: string, scored: Case = caseNamed(name)): ReportInput {
  return {
    number: `KAN-${name}`,
    version: '1.0',
    issuedAt: '2026-11-22T10:00:00+09:00',
    questionnaire: published.compiled.questionnaire,
    questionnaireHash: published.hash,
    evaluation: evaluate(published.compiled, scored),
    holidays: publicHolidays(scored.asOf, '2027-12-31'),
  };
}
