/** An answer in people's words: option labels instead of values, units behind numbers, records on one line each. */
import type { AnswerValue, CertificateRecord } from './answer.ts';
import type { CertificateKind, Localized, Question } from './questionnaire.ts';

const words = {
  unanswered: { ja: '未回答', en: 'Not answered' },
  unknown: { ja: 'わからない・確認中', en: 'Not known / being checked' },
  na: { ja: '該当なし', en: 'Not applicable' },
  noCertificates: { ja: '該当する認証なし', en: 'None held' },
} satisfies Record<string, Localized>;

/**
 * Lines of text, one per selected option or certificate record; never empty.
 * `kinds` are the certificate kinds of the questionnaire.
 */
export function answerLines(
  question: Question,
  value: AnswerValue | undefined,
  kinds: readonly CertificateKind[] = [],
): readonly Localized[] {
  if (value === undefined || value === null || value === '') return [words.unanswered];
  if (question.type === 'text') return [same(String(value))];
  if (value === 'unknown') return [words.unknown];
  if (value === 'na') return [words.na];
  if (value === 'none' && question.none) return [question.none.label];
  if (Array.isArray(value)) return listLines(question, value, kinds);
  if (typeof value === 'number') return [withUnit(question, value)];
  return [optionLabel(question, String(value))];
}

/** The same on one line. No English at all is an empty text, so that whoever shows it can fall back and say so. */
export function answerText(
  question: Question,
  value: AnswerValue | undefined,
  kinds: readonly CertificateKind[] = [],
): Localized {
  const lines = answerLines(question, value, kinds);
  const isEnglish = lines.some(({ en }) => en !== '');
  return {
    ja: lines.map((line) => line.ja).join('、'),
    en: isEnglish ? lines.map(({ ja, en }) => en || ja).join('; ') : '',
  };
}

function listLines(
  question: Question,
  values: readonly string[] | readonly CertificateRecord[],
  kinds: readonly CertificateKind[],
): readonly Localized[] {
  if (question.type === 'certificates') {
    const records = values as readonly CertificateRecord[];
    return records.length === 0 ? [words.noCertificates] : records.map((record) => recordLine(record, kinds));
  }
  return values.length === 0
    ? [words.unanswered]
    : [...new Set(values as readonly string[])].map((value) => optionLabel(question, value));
}

function optionLabel(question: Question, value: string): Localized {
  return question.options?.find((option) => option.value === value)?.label ?? same(value);
}

function withUnit(question: Question, value: number): Localized {
  return {
    ja: `${value}${question.unit?.ja ?? ''}`,
    en: question.unit ? `${value} ${question.unit.en}` : String(value),
  };
}

function recordLine(record: CertificateRecord, kinds: readonly CertificateKind[]): Localized {
  const label = kinds.find((kind) => kind.id === record.kind)?.label ?? same(record.kind);
  const ja = [
    label.ja,
    record.edition && `${record.edition}年版`,
    record.number,
    period(record, dates.ja),
    record.scope,
  ];
  const en = [
    label.en,
    record.edition && `${record.edition} edition`,
    record.number,
    period(record, dates.en),
    record.scope,
  ];
  return { ja: ja.filter(Boolean).join('／'), en: en.filter(Boolean).join(', ') };
}

type DateWords = Record<'expires' | 'auditPeriodEnd' | 'periodEnd' | 'registeredOn' | 'pending', string>;
const dates: { ja: DateWords; en: DateWords } = {
  ja: {
    expires: '有効期限',
    auditPeriodEnd: '監査対象期間末日',
    periodEnd: '対象期間末日',
    registeredOn: '登録日',
    pending: '審査中',
  },
  en: {
    expires: 'valid until',
    auditPeriodEnd: 'audit period ended',
    periodEnd: 'period ended',
    registeredOn: 'registered',
    pending: 'pending',
  },
};

function period(record: CertificateRecord, labels: DateWords): string {
  if (record.status === 'pending') return labels.pending;
  for (const key of ['expires', 'auditPeriodEnd', 'periodEnd', 'registeredOn'] as const) {
    if (record[key]) return `${labels[key]} ${record[key]}`;
  }
  return '';
}

function same(text: string): Localized {
  return { ja: text, en: text };
}
