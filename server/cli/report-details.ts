/** What a case file may say beside the case itself, so that the report names people and parties; all of it optional. */
import { type TProperties, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { ReportInput } from '../domain/report/input.ts';
import { AppError } from '../errors.ts';

const CLOSED = { additionalProperties: false };
const text = Type.String({ minLength: 1, maxLength: 2000 });
const optionalText = Type.Optional(text);
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const moment = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})$',
});
const words = Type.Object({ ja: text, en: text }, CLOSED);
const oneOf = (...values: string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const optional = (properties: TProperties) => Type.Optional(Type.Object(properties, CLOSED));
const list = (properties: TProperties) =>
  Type.Optional(Type.Array(Type.Object(properties, CLOSED), { maxItems: 5000 }));
const signatory = { name: text, title: optionalText, at: Type.Optional(moment), approvalId: optionalText };

const REPORT_FIELDS = {
  number: optionalText,
  version: optionalText,
  issuedAt: Type.Optional(moment),
  organisation: optional({ name: text, nameEn: optionalText, isEntrustee: Type.Optional(Type.Boolean()) }),
  vendor: optional({ name: text, nameEn: optionalText, corporateNumber: optionalText, address: optionalText }),
  service: optional({
    name: text,
    version: optionalText,
    deliveryModel: optionalText,
    entrustedWork: optionalText,
    dataItems: Type.Optional(Type.Array(text)),
    dataSubjects: Type.Optional(Type.Integer({ minimum: 0 })),
    criticality: optionalText,
  }),
  parties: list({
    role: oneOf('firstEntrustor', 'customer', 'vendor', 'subEntrustee'),
    name: text,
    nameEn: optionalText,
    work: optionalText,
    country: optionalText,
  }),
  assessment: optional({
    reference: optionalText,
    sentAt: Type.Optional(moment),
    submittedAt: Type.Optional(moment),
    finalisedAt: Type.Optional(moment),
    dueOn: Type.Optional(day),
    period: optional({ from: day, to: day }),
  }),
  attestation: optional(signatory),
  preparedBy: optional(signatory),
  reviewedBy: optional(signatory),
  approvedBy: optional(signatory),
  independence: optionalText,
  furtherMethods: Type.Optional(Type.Array(oneOf('interview', 'onSite'))),
  evidenceFiles: list({
    id: text,
    subject: text,
    name: text,
    size: Type.Integer({ minimum: 0 }),
    mediaType: text,
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    uploadedAt: moment,
    uploadedBy: text,
    state: oneOf('attached', 'verified', 'rejected'),
    effectiveOn: Type.Optional(day),
    expiresOn: Type.Optional(day),
    scan: Type.Optional(oneOf('waiting', 'failed', 'clean', 'infected', 'notScanned')),
  }),
  withheld: list({ subject: text, reason: text }),
  reviews: list({
    subject: text,
    evidenceState: Type.Optional(oneOf('none', 'attached', 'verified', 'rejected')),
    naRejected: Type.Optional(Type.Boolean()),
    remark: optionalText,
  }),
  corrections: list({
    ref: text,
    cause: optionalText,
    action: optionalText,
    prevention: optionalText,
    owner: optionalText,
    dueOn: Type.Optional(day),
    state: Type.Optional(oneOf('open', 'inProgress', 'done', 'verified')),
    verifiedBy: optionalText,
    verifiedOn: Type.Optional(day),
  }),
  duties: Type.Optional(Type.Record(Type.String(), oneOf('yes', 'no', 'notYet'))),
  incident: optional({ knownOn: day, improperPurpose: Type.Boolean(), contacts: optionalText }),
  history: list({ at: moment, actor: text, action: words, detail: optionalText }),
};
const schema = Type.Object(REPORT_FIELDS, CLOSED);

export type ReportDetails = Partial<
  Omit<ReportInput, 'questionnaire' | 'questionnaireHash' | 'evaluation' | 'previous' | 'holidays'>
>;

/** Splits a case file into the case for the scorer and the details for the report. Throws AppError 400 `invalid_details`. */
export function splitCase(file: Readonly<Record<string, unknown>>): {
  scored: Record<string, unknown>;
  details: ReportDetails;
} {
  const entries = Object.entries(file);
  const isDetail = ([key]: [string, unknown]) => key in REPORT_FIELDS;
  const details = Object.fromEntries(entries.filter(isDetail));
  if (!Value.Check(schema, details)) throw invalidDetails(details);
  return { scored: Object.fromEntries(entries.filter((entry) => !isDetail(entry))), details: details as ReportDetails };
}

function invalidDetails(details: unknown): AppError {
  const { instancePath, message } = [...Value.Errors(schema, details)][0] ?? { instancePath: '', message: '' };
  return new AppError(400, 'invalid_details', {
    ja: `${instancePath || '/'} の内容が正しくありません（${message}）。日付は YYYY-MM-DD、日時は 2026-11-21T10:00:00+09:00 の形で書き、知らない項目は除いてください。`,
    en: `${instancePath || '/'} is not right: ${message}. Write dates as YYYY-MM-DD and moments as 2026-11-21T10:00:00+09:00, and leave out unknown fields.`,
  });
}
