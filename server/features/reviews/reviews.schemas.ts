import { type Static, Type } from 'typebox';
import { formBody } from '../../plugins/forms.ts';

/** As long as the router takes, so that no id is answered with anything but the same 404. */
const id = Type.String({ maxLength: 200 });
const day = Type.String({ maxLength: 40 });

export const AssessmentParams = Type.Object({ id });
export const SectionParams = Type.Object({ id, sectionId: id });
export const SubjectParams = Type.Object({ id, subject: id });

export const OverviewQuery = Type.Object(
  { show: Type.Optional(Type.String({ maxLength: 40 })) },
  { additionalProperties: false },
);
export const SectionQuery = Type.Object(
  { saved: Type.Optional(Type.String({ maxLength: 80 })) },
  { additionalProperties: false },
);

/** Texts may be longer here than they may be kept, so that one that is too long comes back in its form. */
export const ReviewForm = Type.Object(
  {
    evidence: Type.Union([Type.Literal('verified'), Type.Literal('rejected'), Type.Literal('open')]),
    naRejected: Type.Optional(Type.Literal('yes')),
    reason: Type.Optional(Type.String({ maxLength: 20_000 })),
    remark: Type.Optional(Type.String({ maxLength: 20_000 })),
    /** Moment of the mark that was on the page. */
    seen: Type.Optional(Type.String({ maxLength: 40 })),
    /** Round of the answers that were on the page. */
    round: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,3}$' })),
  },
  { additionalProperties: false },
);

export const VerificationForm = Type.Object({ section: id }, { additionalProperties: false });
export const FinalisationForm = Type.Object(
  { asOf: day, seen: Type.Optional(Type.String({ maxLength: 64 })) },
  { additionalProperties: false },
);
export const FinalisationQuery = Type.Object({ asOf: Type.Optional(day) }, { additionalProperties: false });

export type OverviewQuery = Static<typeof OverviewQuery>;
export type SectionQuery = Static<typeof SectionQuery>;
export type ReviewForm = Static<typeof ReviewForm>;
export type VerificationForm = Static<typeof VerificationForm>;
export type FinalisationForm = Static<typeof FinalisationForm>;
export type FinalisationQuery = Static<typeof FinalisationQuery>;

/** `holds`: which button; `seen`: moment of the mark that was on the page. */
export const ConditionForm = formBody(['holds', 'reason', 'seen']);
export const QuestionParams = Type.Object({ id, question: id });
/** `seen`: moment of the mark that was on the page. */
export const FlagForm = formBody(['reason', 'seen']);
/** `to`: the page to go back to. */
export const UnflagForm = formBody(['to']);
export const RoundParams = Type.Object({ id, round: Type.String({ pattern: '^[1-9]\\d{0,3}$' }) });
