/** 回答マスタ: the vendor's own file of its answers. Format kantoku/answer-master/1, closed: an unknown field may be a misspelt one. */
import { type Static, type TSchema, Type } from 'typebox';

export const MASTER_FORMAT = 'kantoku/answer-master/1';

const closed = { additionalProperties: false } as const;
const text = (most: number, least = 0) => Type.String({ minLength: least, maxLength: most });
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'YYYY-MM-DD in Asia/Tokyo' });
const instant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T[\\d:.]{5,16}(Z|[+-]\\d{2}:\\d{2})$',
  description: 'ISO 8601',
});
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
const localized = (most: number) => Type.Object({ ja: text(most), en: text(most) }, closed);
const list = <Item extends TSchema>(item: Item, most: number) => Type.Array(item, { maxItems: most });
const key = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$' });

const record = Type.Object(
  {
    kind: text(100, 1),
    ...Object.fromEntries(
      ['number', 'edition', 'certificationBody', 'accreditationBody', 'scope', 'opinion'].map((name) => [
        name,
        Type.Optional(text(1_000)),
      ]),
    ),
    ...Object.fromEntries(
      ['registeredOn', 'expires', 'auditPeriodEnd', 'periodEnd'].map((name) => [name, Type.Optional(day)]),
    ),
    scopeIncludesService: Type.Optional(Type.Boolean()),
    status: Type.Optional(Type.Literal('pending')),
  },
  closed,
);

const value = Type.Union([text(10_000, 1), Type.Number(), list(text(200), 100), list(record, 20)], {
  description:
    'single: an option · multi: a list of options · number · date: YYYY-MM-DD · text · certificates: a list of records. ' +
    '"none", "unknown" and "na" where the question offers them.',
});

const answer = Type.Object(
  {
    question: key,
    type: Type.Enum(['single', 'multi', 'number', 'date', 'text', 'certificates']),
    text: localized(4_000),
    references: list(text(100, 1), 50),
    words: list(localized(10_100), 100),
    value,
    naReason: Type.Optional(text(4_000)),
    comment: Type.Optional(text(4_000)),
    withheld: Type.Optional(text(4_000)),
    plan: Type.Optional(Type.Object({ by: day, measure: text(4_000) }, closed)),
    conditional: Type.Optional(Type.Object({ value, condition: text(4_000) }, closed)),
    on: day,
  },
  closed,
);

const evidence = Type.Object(
  {
    name: text(255, 1),
    sha256,
    size: Type.Integer({ minimum: 0 }),
    mediaType: text(200),
    questions: list(key, 100),
    uploadedOn: day,
    effectiveOn: Type.Optional(day),
    expiresOn: Type.Optional(day),
  },
  closed,
);

/** 開示の控え: what went to whom, when, and who vouched for it. */
const disclosure = Type.Object(
  {
    customer: localized(400),
    service: text(400),
    reference: text(100),
    questionnaire: text(200),
    round: Type.Integer({ minimum: 1 }),
    submittedAt: instant,
    receiptNumber: text(100),
    attestedBy: Type.Object({ name: text(200), title: text(200) }, closed),
    answers: Type.Integer({ minimum: 0 }),
    files: list(sha256, 2_000),
  },
  closed,
);

export const answerMasterSchema = Type.Object(
  {
    format: Type.Literal(MASTER_FORMAT),
    /** Words of the vendor for this file, shown where its answers are offered. */
    label: Type.Optional(text(100)),
    exportedAt: instant,
    vendor: Type.Object({ name: localized(400), service: text(400) }, closed),
    questionnaire: Type.Object({ id: key, version: text(50, 1), title: localized(400) }, closed),
    answers: list(answer, 1_000),
    evidence: list(evidence, 2_000),
    disclosures: list(disclosure, 200),
  },
  { ...closed, title: 'Kantoku answer master (回答マスタ), version 1' },
);

export type AnswerMaster = Static<typeof answerMasterSchema>;
export type MasterAnswer = AnswerMaster['answers'][number];
