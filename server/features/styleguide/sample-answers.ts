import type { QuestionState } from '../answers/question.views.ts';

export type AnswerRow = NonNullable<QuestionState['row']>;
export type EvidenceFile = QuestionState['files'][number];

/** YYYY-MM-DD in Asia/Tokyo: the day every sample is seen on. */
export const TODAY = '2026-11-20';
const at = new Date('2026-11-19T05:02:00Z');
const key = { organisationId: '', assessmentId: '' };

/** Stored answers by question id; what is missing is unanswered. */
export const sampleAnswers: ReadonlyMap<string, AnswerRow> = new Map(
  [
    answer('TEXT', '東京都千代田区（開発・運用）、福岡県福岡市（サポート）'),
    { ...answer('SINGLE', 'some'), comment: '運用担当を含みます。', withheld: '構成図は来社時に閲覧いただけます。' },
    answer('DATE', '2026-10-01'),
    answer('REASON', 'na'),
    answer('RECORDS', [{ kind: 'isms', number: 'IS 123456', expires: '2028-03-31', scopeIncludesService: true }]),
  ].map((row) => [row.questionId, row]),
);

function answer(questionId: string, value: AnswerRow['value']): AnswerRow {
  return {
    ...{
      ...key,
      questionId,
      revision: 1,
      value,
      naReason: '',
      comment: '',
      plan: null,
      conditional: null,
      withheld: '',
    },
    ...{ updatedAt: at, updatedBy: '田中 太郎' },
  };
}

/** A file in every state of the virus scan, and one that has expired. */
export const sampleFiles: readonly EvidenceFile[] = [
  file('waiting', '認証方式一覧.pdf', { scanState: 'quarantined' }),
  file('failed', '認証基盤の設計書.docx', { scanState: 'quarantined', scannedAt: at }),
  file('clean', '多要素認証の設定画面.png', { scanState: 'clean', scannedAt: at, effectiveOn: '2026-10-01' }),
  file('infected', '手順書.xlsm', { scanState: 'infected', scannedAt: at, scanDetail: 'Eicar-Signature' }),
  file('notScanned', 'アカウント棚卸し記録.csv', {}),
  file('expired', '外部監査報告書.pdf', { scanState: 'clean', scannedAt: at, expiresOn: '2026-03-31' }),
];

function file(id: string, name: string, more: Partial<EvidenceFile>): EvidenceFile {
  return {
    ...{ ...key, id, subject: 'SINGLE', name, mediaType: 'application/pdf', size: 184_320, storageKey: '' },
    ...{
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      effectiveOn: null,
      expiresOn: null,
    },
    ...{
      scanState: 'notScanned',
      scanDetail: '',
      scannedAt: null,
      uploadedAt: at,
      uploadedBy: '田中 太郎',
      removedAt: null,
    },
    ...more,
  };
}
