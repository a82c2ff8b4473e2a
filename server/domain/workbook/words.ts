/** The words of a workbook. What a person may have typed or saved is recognised in both languages. */
import { nfkc } from '../assessment/normal-form.ts';
import type { Localized } from '../questionnaire/questionnaire.ts';

export type Locale = 'ja' | 'en';

/** Columns of the sheets with questions. `id` is hidden. */
export type SectionColumn =
  | 'number'
  | 'question'
  | 'about'
  | 'answer'
  | 'naReason'
  | 'comment'
  | 'conditional'
  | 'condition'
  | 'planBy'
  | 'planMeasure'
  | 'evidence'
  | 'need'
  | 'id';

export const sectionColumns: Readonly<Record<SectionColumn, { head: Localized; width: number }>> = {
  number: { head: { ja: '番号', en: 'No.' }, width: 9 },
  question: { head: { ja: '設問', en: 'Question' }, width: 32 },
  about: { head: { ja: '意図・回答例', en: 'Why, and an example' }, width: 26 },
  answer: { head: { ja: '回答', en: 'Answer' }, width: 26 },
  naReason: { head: { ja: '該当なしの理由', en: 'Why not applicable' }, width: 14 },
  comment: { head: { ja: '補足', en: 'Comment' }, width: 22 },
  conditional: { head: { ja: '条件付きの回答', en: 'Answer under a condition' }, width: 17 },
  condition: { head: { ja: 'その条件（契約プラン等）', en: 'The condition (plan, option)' }, width: 16 },
  planBy: { head: { ja: '対応予定日', en: 'Planned date' }, width: 11.5 },
  planMeasure: { head: { ja: '対応予定の内容', en: 'What is planned' }, width: 16 },
  evidence: { head: { ja: '証跡（画面で添付）', en: 'Evidence (attach online)' }, width: 15 },
  need: { head: { ja: '必須・表示条件', en: 'Needed when' }, width: 12 },
  id: { head: { ja: '_id', en: '_id' }, width: 12 },
};

/** Columns of the sheet with certificates and reports, besides `number`, `question`, `evidence` and `id`. */
export const recordColumns = {
  kind: { head: { ja: '種別', en: 'Kind' }, width: 24 },
  number: { head: { ja: '登録・認証番号', en: 'Certificate number' }, width: 18 },
  edition: { head: { ja: '規格の年版', en: 'Edition' }, width: 9 },
  certificationBody: { head: { ja: '認証・監査の実施機関', en: 'Certified or audited by' }, width: 20 },
  accreditationBody: { head: { ja: '認定機関', en: 'Accreditation body' }, width: 14 },
  scope: { head: { ja: '登録範囲', en: 'Scope' }, width: 26 },
  scopeIncludesService: { head: { ja: '対象サービスを含む', en: 'Covers the service' }, width: 12 },
  registeredOn: { head: { ja: '登録日', en: 'Registered on' }, width: 12 },
  expires: { head: { ja: '有効期限', en: 'Expires on' }, width: 12 },
  auditPeriodEnd: { head: { ja: '監査対象期間の末日', en: 'End of audit period' }, width: 12 },
  periodEnd: { head: { ja: '対象期間の末日', en: 'End of period' }, width: 12 },
  opinion: { head: { ja: '監査人の意見', en: "Auditor's opinion" }, width: 14 },
  status: { head: { ja: '審査中', en: 'Pending' }, width: 8 },
} as const satisfies Record<string, { head: Localized; width: number }>;
export type RecordColumn = keyof typeof recordColumns;

/** First two columns of that sheet: which question a record belongs to. */
export const recordQuestion = {
  question: { head: { ja: '設問番号', en: 'Question no.' }, width: 10 },
  text: { head: { ja: '認証・報告書の設問', en: 'About which certificates' }, width: 26 },
} as const;

export const words = {
  guide: { ja: '記入要領', en: 'How to answer' },
  records: { ja: '認証・報告書', en: 'Certificates and reports' },
  unknown: { ja: 'わからない・確認中', en: 'Not known / being checked' },
  na: { ja: '該当なし', en: 'Not applicable' },
  noCertificates: { ja: '該当する認証なし', en: 'None held' },
  onRecords: { ja: '「認証・報告書」シートに記入', en: 'See the sheet “Certificates and reports”' },
  tick: { ja: '○', en: '○' },
  required: { ja: '必須', en: 'Required' },
  optional: { ja: '任意', en: 'Optional' },
  notNow: { ja: '今の回答では対象外', en: 'Does not apply with the present answers' },
  included: { ja: '含まれる', en: 'Yes' },
  notIncluded: { ja: '含まれない', en: 'No' },
  nothing: { ja: '—', en: '—' },
} as const satisfies Record<string, Localized>;

/** Words for わからない and 該当なし that people type instead of choosing them; compared as `plain` makes them. */
export const unknownWords = [
  'わからない',
  '分からない',
  '確認中',
  '不明',
  'unknown',
  'not known',
  'being checked',
  'tbd',
];
export const naWords = ['非該当', '該当せず', '対象外', 'n/a', 'na', 'not applicable'];
export const yesWords = [
  '○',
  '◯',
  '〇',
  '⭕',
  '✓',
  '✔',
  '☑',
  '✅',
  'レ',
  '●',
  'はい',
  'yes',
  'y',
  'true',
  '有',
  'あり',
];
export const noWords = [
  '×',
  '✕',
  '✖',
  '✗',
  '✘',
  '☐',
  '□',
  '❌',
  'いいえ',
  'no',
  'n',
  'false',
  '無',
  'なし',
  '-',
  'ー',
  '—',
  '–',
];

/** Width, case, blanks and closing punctuation do not matter when words are compared. */
export function plain(text: string): string {
  return nfkc(text)
    .toLowerCase()
    .replace(/\s|\u{fe0f}/gu, '')
    .replace(/[。．.]$/u, '');
}

/** Whether the text is one of the words. */
export function isAmong(text: string, list: readonly string[]): boolean {
  const said = plain(text);
  return list.some((word) => plain(word) === said);
}

export function isWord(text: string, word: Localized): boolean {
  return isAmong(text, [word.ja, word.en]);
}
