/** Certificate records: which fields a kind has follows from how the questionnaire says its validity is computed. */
import type { Locale } from '../../adapters/template-helpers.ts';
import { formatDate } from '../../adapters/template-helpers.ts';
import type { Problem } from '../../domain/questionnaire/problem.ts';
import type { CertificateKind, Localized, Question } from '../../domain/questionnaire/questionnaire.ts';
import type { AnswerForm, RecordField, RecordForm } from './answer-form.ts';
import { isRecords, recordSubject } from './collected.ts';
import { evidenceBlock } from './evidence/evidence.views.ts';
import { wordsOf } from './page-words.ts';
import type { QuestionState } from './question.views.ts';

type Context = {
  question: Question;
  kinds: readonly CertificateKind[];
  state: QuestionState;
  problems: readonly Problem[];
  stored: number;
  locale: Locale;
};

/** `blank` is the form of a record to be added, numbered `__n__`, for scripts to copy. */
export function recordsView(state: QuestionState, allKinds: readonly CertificateKind[], locale: Locale) {
  const { question, problems, form, row } = state;
  const kinds = allKinds.filter(({ id }) => question.certificateKinds?.includes(id));
  const stored = isRecords(row?.value) ? row.value.length : 0;
  const context = { question, kinds, state, problems, stored, locale };
  return {
    questionId: question.id,
    list: form.records.map((record, index) => recordView(record, index, context)),
    blank: recordView({}, '__n__', context),
  };
}

/** The form with one more, empty record; a mere number of records would not tell which were typed. */
export function withBlankRecord(form: AnswerForm): AnswerForm {
  return { ...form, records: [...form.records, {}] };
}

function recordView(record: RecordForm, index: number | '__n__', context: Context) {
  const { question, kinds, state, stored, locale } = context;
  const prefix = `${question.id}.records.${index}`;
  const number = index === '__n__' ? '__n__' : index + 1;
  return {
    questionId: question.id,
    prefix,
    number,
    anchor: `${question.id}-record-${number}`,
    index,
    isStored: typeof index === 'number' && index < stored,
    kinds:
      kinds.length > 1
        ? kinds.map(({ id, label }) => ({ id, label: wordsOf(label, locale), selected: record.kind === id }))
        : null,
    onlyKind: kinds.length === 1 ? (kinds[0]?.id ?? null) : null,
    kindError: problemAt(context, index, 'kind'),
    fields: fieldsFor(kinds).map(({ name, only, isDate }) => ({
      id: `${prefix}.${name}`.replaceAll('.', '-'),
      name: `${prefix}.${name}`,
      label: labels[name],
      only: only.join(' '),
      isDate,
      isWide: name === 'scope',
      value: record[name] ?? '',
      understood:
        isDate && /^\d{4}-\d{2}-\d{2}$/.test(record[name] ?? '') ? formatDate(record[name] ?? '', locale) : null,
      error: problemAt(context, index, name),
    })),
    inScope: {
      name: `${prefix}.scopeIncludesService`,
      yes: record.scopeIncludesService === 'yes',
      no: record.scopeIncludesService === 'no',
    },
    pending: { name: `${prefix}.status`, checked: record.status === 'pending' },
    evidence:
      typeof index === 'number' && index < stored
        ? evidenceBlock(question, { ...state, subject: recordSubject(question.id, index) }, locale)
        : null,
  };
}

function problemAt({ problems }: Context, index: number | '__n__', name: RecordField) {
  return problems.find(({ path }) => path === `/value/${index}/${name}`)?.message ?? null;
}

type FieldPlan = { name: keyof typeof labels; only: string[]; isDate: boolean };

/** Fields some kind of the question has; `only` lists the kinds when not all of them have it. */
function fieldsFor(kinds: readonly CertificateKind[]): FieldPlan[] {
  const fields: [keyof typeof labels, (kind: CertificateKind) => boolean, boolean][] = [
    ['number', (kind) => !isReport(kind), false],
    ['edition', (kind) => kind.supersededEditions !== undefined, false],
    ['certificationBody', () => true, false],
    [
      'accreditationBody',
      (kind) => !isReport(kind) && kind.monthsFromAuditPeriodEnd === undefined && !kind.noExpiry,
      false,
    ],
    ['scope', () => true, false],
    ['registeredOn', (kind) => !isReport(kind), true],
    ['auditPeriodEnd', (kind) => kind.monthsFromAuditPeriodEnd !== undefined, true],
    ['periodEnd', isReport, true],
    ['expires', (kind) => !isReport(kind) && !kind.noExpiry, true],
    ['opinion', isReport, false],
  ];
  return fields.flatMap(([name, applies, isDate]) => {
    const only = kinds.filter(applies).map(({ id }) => id);
    return only.length === 0 ? [] : [{ name, isDate, only: only.length === kinds.length ? [] : only }];
  });
}

/** Assurance reports cover a period and carry an opinion instead of a registration number. */
function isReport(kind: CertificateKind): boolean {
  return kind.monthsFromPeriodEnd !== undefined;
}

const labels = {
  number: { ja: '登録・認証番号', en: 'Registration or certificate number' },
  edition: { ja: '規格の年版（例：2022）', en: 'Edition of the standard (e.g. 2022)' },
  certificationBody: { ja: '認証・登録・監査の実施機関', en: 'Body that certified, registered or audited' },
  accreditationBody: { ja: '認定機関（例：ISMS-AC）', en: 'Accreditation body (e.g. ISMS-AC)' },
  scope: { ja: '登録範囲（登録証の記載どおり）', en: 'Scope, as written on the certificate' },
  registeredOn: { ja: '登録日', en: 'Date of registration' },
  auditPeriodEnd: { ja: '監査対象期間の末日', en: 'End of the audit period' },
  periodEnd: { ja: '対象期間の末日（または基準日）', en: 'End of the period covered (or as-of date)' },
  expires: { ja: '有効期限', en: 'Expiry date' },
  opinion: { ja: '監査人の意見（例：無限定適正）', en: "Auditor's opinion (e.g. unqualified)" },
} satisfies Record<string, Localized>;
