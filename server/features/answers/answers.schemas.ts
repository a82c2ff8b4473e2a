import { type Static, Type } from 'typebox';
import { sectionAdviceView } from './advice/section-advice.ts';
import { limits } from './answer-input.ts';

const closed = { additionalProperties: false } as const;
const questionId = Type.String({ maxLength: 100 });
const localized = Type.Object({ ja: Type.String(), en: Type.String() }, closed);
/** Checked by the question itself, whose words say what to mend better than a schema can. */
const value = Type.Unknown({
  description:
    'single: an option · multi: a list of options · number: a number · date: YYYY-MM-DD · text: a string · certificates: a list of records. ' +
    '"none" where the question offers it, "unknown" (わからない), "na" (該当なし, with naReason). null clears.',
});

export const questionParams = Type.Object({ questionId }, closed);

const plan = Type.Object(
  {
    by: Type.String({ maxLength: 40, description: 'YYYY-MM-DD, from tomorrow on (Asia/Tokyo)' }),
    measure: Type.String({ maxLength: limits.remark, description: 'What is planned' }),
  },
  { ...closed, description: 'Not yet, planned by that day. Never changes the answer itself.' },
);
const conditional = Type.Object(
  {
    value,
    condition: Type.String({ maxLength: limits.remark, description: 'Contract plan, option or configuration' }),
  },
  { ...closed, description: 'What the answer would be under a condition; `value` says what holds without it.' },
);

const answerBody = Type.Object(
  {
    revision: Type.Integer({
      minimum: 0,
      maximum: 2 ** 31 - 2,
      description: 'Revision the change is based on; 0 for the first.',
    }),
    value: Type.Optional(value),
    naReason: Type.Optional(Type.String({ maxLength: limits.remark })),
    comment: Type.Optional(Type.String({ maxLength: limits.remark })),
    withheld: Type.Optional(
      Type.String({
        maxLength: limits.remark,
        description: 'Why proof exists but cannot be shared, and how it may be seen instead (for example on site).',
      }),
    ),
    plan: Type.Optional(Type.Union([plan, Type.Null()])),
    conditional: Type.Optional(Type.Union([conditional, Type.Null()])),
  },
  closed,
);
/** The controls of one question of the section page, named `<question id>.<control>`. */
const typedBody = Type.Record(
  Type.String({ maxLength: 120 }),
  Type.Union([
    Type.String({ maxLength: 20_000 }),
    Type.Array(Type.String({ maxLength: 20_000 }), { maxItems: limits.listed }),
  ]),
);
export type TypedBody = Static<typeof typedBody>;

/** Strict JSON for programs; the page sends what was typed as a form. */
export const answerBodies = {
  content: {
    'application/json': { schema: answerBody },
    'application/x-www-form-urlencoded': { schema: typedBody },
  },
};
export type AnswerBody = Static<typeof answerBody>;

export const progressView = Type.Object(
  {
    answered: Type.Integer(),
    applicable: Type.Integer(),
    sections: Type.Array(
      Type.Object(
        {
          sectionId: Type.String(),
          answered: Type.Integer(),
          applicable: Type.Integer(),
          requiredAnswered: Type.Integer(),
          required: Type.Integer(),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const savedAnswerView = Type.Object(
  {
    revision: Type.Integer(),
    savedAt: Type.String({ format: 'date-time' }),
    shown: Type.Array(questionId),
    hidden: Type.Array(questionId),
    progress: progressView,
    /** Absent while the customer has switched advice off. */
    advice: Type.Optional(sectionAdviceView),
    /** Only for what was posted as typed: digest for the page, and how a date was read. */
    was: Type.Optional(Type.String()),
    understood: Type.Optional(localized),
    planUnderstood: Type.Optional(localized),
    /** Whether "planned by …" is offered beside this answer. */
    offersPlan: Type.Optional(Type.Boolean()),
  },
  closed,
);

export const evidenceView = Type.Object(
  {
    id: Type.String(),
    subject: Type.String(),
    name: Type.String(),
    mediaType: Type.String(),
    size: Type.Integer(),
    sha256: Type.String(),
    /** `waiting` for the virus scan, which may have `failed`; `notScanned` where none is configured. */
    scan: Type.Enum(['waiting', 'failed', 'clean', 'infected', 'notScanned']),
    effectiveOn: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
    expiresOn: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
    uploadedAt: Type.String({ format: 'date-time' }),
    uploadedBy: Type.String(),
  },
  closed,
);

const optionView = Type.Object(
  { value: Type.String(), label: localized, exclusive: Type.Optional(Type.Boolean()) },
  closed,
);

const questionView = Type.Object(
  {
    id: questionId,
    type: Type.Enum(['single', 'multi', 'number', 'date', 'text', 'certificates']),
    text: localized,
    intent: Type.Optional(localized),
    example: Type.Optional(localized),
    unit: Type.Optional(localized),
    options: Type.Optional(Type.Array(optionView)),
    none: Type.Optional(localized),
    minimum: Type.Optional(Type.Number()),
    maximum: Type.Optional(Type.Number()),
    integer: Type.Optional(Type.Boolean()),
    certificateKinds: Type.Optional(Type.Array(Type.String())),
    evidence: Type.Object(
      { level: Type.Enum(['none', 'recommended', 'required']), hint: Type.Optional(localized) },
      closed,
    ),
    notApplicable: Type.Optional(Type.Object({ hint: Type.Optional(localized) }, closed)),
  },
  closed,
);

export const answerView = Type.Object(
  {
    revision: Type.Integer(),
    value: Type.Unknown(),
    naReason: Type.String(),
    comment: Type.String(),
    withheld: Type.String(),
    plan: Type.Optional(plan),
    conditional: Type.Optional(conditional),
    updatedAt: Type.String({ format: 'date-time' }),
    updatedBy: Type.String(),
  },
  closed,
);

export const assessmentView = Type.Object(
  {
    reference: Type.String(),
    state: Type.String(),
    dueOn: Type.String({ format: 'date' }),
    questionnaire: Type.Object(
      {
        id: Type.String(),
        version: Type.String(),
        title: localized,
        description: localized,
        sections: Type.Array(
          Type.Object(
            {
              id: Type.String(),
              title: localized,
              description: Type.Optional(localized),
              questions: Type.Array(questionView),
            },
            closed,
          ),
        ),
        certificateKinds: Type.Array(Type.Object({ id: Type.String(), label: localized }, closed)),
      },
      closed,
    ),
    answers: Type.Record(questionId, answerView),
    evidence: Type.Array(evidenceView),
    shown: Type.Array(questionId),
    hidden: Type.Array(questionId),
    progress: progressView,
  },
  closed,
);
export type AssessmentView = Static<typeof assessmentView>;
