import { type Static, Type } from 'typebox';

const id = Type.String({ maxLength: 64 });

export const AssessmentParams = Type.Object({ id });
export const SectionParams = Type.Object({ id, sectionId: id });
export const SubjectParams = Type.Object({ id, subject: Type.String({ maxLength: 80 }) });

export const ReviewForm = Type.Object(
  {
    evidence: Type.Union([Type.Literal('verified'), Type.Literal('rejected'), Type.Literal('open')]),
    naRejected: Type.Optional(Type.Literal('yes')),
    reason: Type.Optional(Type.String({ maxLength: 2_000 })),
    remark: Type.Optional(Type.String({ maxLength: 4_000 })),
    /** Section the form stands on, to come back to. */
    section: id,
  },
  { additionalProperties: false },
);

export const VerificationForm = Type.Object({ section: id }, { additionalProperties: false });
export const FinalisationForm = Type.Object({ asOf: Type.String({ maxLength: 40 }) }, { additionalProperties: false });
export const FinalisationQuery = Type.Object(
  { asOf: Type.Optional(Type.String({ maxLength: 40 })), lang: Type.Optional(Type.String({ maxLength: 5 })) },
  { additionalProperties: false },
);

export type ReviewForm = Static<typeof ReviewForm>;
export type VerificationForm = Static<typeof VerificationForm>;
export type FinalisationForm = Static<typeof FinalisationForm>;
export type FinalisationQuery = Static<typeof FinalisationQuery>;
