/** The tables of an answer master as a workbook: one sheet each, one column a field. Heads name the field in brackets, so that columns may be moved. */
import type { Localized } from '../questionnaire/questionnaire.ts';

export type Column = { readonly field: string; readonly words: Localized; readonly width: number };
export type Table = { readonly name: string; readonly columns: readonly Column[] };

function column(field: string, ja: string, en: string, width = 16): Column {
  return { field, words: { ja, en }, width };
}

/** Not the number printed beside the question: what finds it again in the next request. */
const identifier = ['設問の識別子（変更しないでください）', 'Question identifier (do not change)'] as const;

/** One row a field: the field in the first column, what it holds in the second. */
export const about = {
  name: '概要 About',
  fields: [
    column('format', '形式', 'Format'),
    column('label', '名称（任意）', 'Label (optional)'),
    column('exportedAt', '作成日時', 'Made at'),
    column('vendor.name.ja', '会社名', 'Company'),
    column('vendor.name.en', '会社名（英）', 'Company (English)'),
    column('vendor.service', 'サービス', 'Service'),
    column('questionnaire.id', '質問票のID', 'Questionnaire'),
    column('questionnaire.version', '質問票の版', 'Version'),
    column('questionnaire.title.ja', '質問票の名称', 'Title'),
    column('questionnaire.title.en', '質問票の名称（英）', 'Title (English)'),
  ],
} as const;

export const tables = {
  answers: {
    name: '回答 Answers',
    columns: [
      column('question', ...identifier, 24),
      column('type', '種別', 'Type', 12),
      column('text.ja', '設問', 'Question text', 50),
      column('text.en', '設問（英）', 'Question text (English)', 30),
      column('value', '回答（値）', 'Value', 24),
      column('words.ja', '回答（表示）', 'In words', 40),
      column('words.en', '回答（表示、英）', 'In words (English)', 24),
      column('naReason', '該当しない理由', 'Reason for N/A', 30),
      column('comment', '補足', 'Comment', 40),
      column('withheld', '開示できない証跡', 'Evidence not shared', 30),
      column('plan.by', '対応予定日', 'Planned by', 14),
      column('plan.measure', '対応予定の内容', 'Planned measure', 30),
      column('conditional.value', '条件付きの回答', 'Value under a condition', 24),
      column('conditional.condition', '条件', 'Condition', 30),
      column('references', '根拠', 'References', 24),
      column('on', '回答日', 'Answered on', 14),
    ],
  },
  records: {
    name: '認証 Certificates',
    columns: [
      column('question', ...identifier, 24),
      column('kind', '種別', 'Kind', 16),
      column('number', '登録・認証番号', 'Number', 20),
      column('edition', '規格の年版', 'Edition', 12),
      column('certificationBody', '実施機関', 'Certification body', 24),
      column('accreditationBody', '認定機関', 'Accreditation body', 20),
      column('scope', '登録範囲', 'Scope', 40),
      column('scopeIncludesService', '対象サービスを含む', 'Includes the service', 14),
      column('registeredOn', '登録日', 'Registered on', 14),
      column('expires', '有効期限', 'Expires', 14),
      column('auditPeriodEnd', '監査対象期間の末日', 'End of audit period', 14),
      column('periodEnd', '対象期間の末日', 'End of period', 14),
      column('opinion', '監査人の意見', 'Opinion', 20),
      column('status', '状態', 'Status', 12),
    ],
  },
  evidence: {
    name: '証跡 Evidence',
    columns: [
      column('name', 'ファイル名', 'File', 36),
      column('questions', '設問の識別子（改行区切り）', 'Question identifiers, one a line', 24),
      column('uploadedOn', '添付日', 'Attached on', 14),
      column('effectiveOn', '文書の日付', 'Effective on', 14),
      column('expiresOn', '有効期限', 'Expires on', 14),
      column('size', 'サイズ（バイト）', 'Size in bytes', 16),
      column('mediaType', '形式', 'Media type', 24),
      column('sha256', 'ハッシュ', 'SHA-256', 66),
    ],
  },
  disclosures: {
    name: '開示の控え Receipts',
    columns: [
      column('customer.ja', '開示先', 'Disclosed to', 30),
      column('customer.en', '開示先（英）', 'Disclosed to (English)', 24),
      column('service', 'サービス', 'Service', 20),
      column('reference', '管理番号', 'Reference', 16),
      column('questionnaire', '質問票', 'Questionnaire', 22),
      column('round', '回', 'Round', 8),
      column('submittedAt', '提出日時', 'Submitted at', 26),
      column('receiptNumber', '受付番号', 'Receipt', 18),
      column('attestedBy.name', '確認者', 'Attested by', 18),
      column('attestedBy.title', '確認者の役職', 'Position', 22),
      column('answers', '回答数', 'Answers', 10),
    ],
  },
  disclosedFiles: {
    name: '開示した証跡 Disclosed files',
    columns: [column('receiptNumber', '受付番号', 'Receipt', 18), column('sha256', 'ハッシュ', 'SHA-256', 66)],
  },
} as const satisfies Record<string, Table>;

/** Fields that are there even when their cell is empty: an empty text is a text. */
export const blanks = {
  about: ['vendor.name.ja', 'vendor.name.en', 'vendor.service', 'questionnaire.title.ja', 'questionnaire.title.en'],
  answers: ['text.ja', 'text.en'],
  evidence: ['mediaType'],
  disclosures: [
    ...['customer.ja', 'customer.en', 'service', 'reference', 'questionnaire'],
    ...['receiptNumber', 'attestedBy.name', 'attestedBy.title'],
  ],
} as const;

export type TableName = keyof typeof tables;

export function headOf({ field, words }: Column): string {
  return `${words.ja} / ${words.en} (${field})`;
}

/** The field a head names, whatever stands before it; null for a cell that is no head. */
export function fieldOf(head: unknown): string | null {
  return (typeof head === 'string' && /\(([A-Za-z0-9.]+)\)\s*$/.exec(head)?.[1]) || null;
}
