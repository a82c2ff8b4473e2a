/** What a reviewer works on, as the JSON API gives it to members. Pure. */
import { type Static, Type } from 'typebox';
import type { Evaluation } from '../../domain/scoring/evaluation.ts';
import { closed, Day, Instant, orNull, Words, wordsOf } from '../../plugins/api-shapes.ts';
import { answerOf, evidenceOf } from '../answers/answer.replies.ts';
import { answerView, evidenceView } from '../answers/answers.schemas.ts';
import { markedAt } from './review-rules.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';
import type { Subject } from './subjects.ts';

const mark = Type.Object(
  {
    naRejected: Type.Boolean(),
    reason: Type.String(),
    remark: Type.String(),
    conditionHolds: orNull(Type.Boolean()),
    conditionReason: Type.String(),
    by: Type.String(),
    at: Instant,
  },
  closed,
);
const subject = Type.Object(
  {
    id: Type.String({ description: 'The question, or one certificate record of it (`question#n`)' }),
    questionId: Type.String(),
    sectionId: Type.String(),
    text: Words,
    evidence: Type.Enum(['none', 'attached', 'verified', 'rejected']),
    takesEvidence: Type.Boolean(),
    isNa: Type.Boolean(),
    answer: orNull(answerView),
    files: Type.Array(evidenceView),
    mark: orNull(mark),
    seen: Type.String({ description: 'Give it back with a mark: a newer one is not overwritten' }),
  },
  closed,
);
const evaluation = Type.Object(
  {
    asOf: Day,
    mode: Type.Enum(['provisional', 'final']),
    questionnaire: Type.String(),
    scorerVersion: Type.String(),
    score: Type.Number(),
    grade: Type.String(),
    coverage: Type.Number(),
    judgement: Type.String(),
    knockouts: Type.Array(Type.String()),
    findings: Type.Record(Type.String(), Type.String()),
    legal: orNull(Type.String({ description: 'Code of the legal conclusion; independent of the score' })),
    sections: Type.Array(Type.Object({ id: Type.String(), score: orNull(Type.Number()) }, closed)),
    issues: Type.Array(Type.Object({ ref: Type.String(), severity: Type.String(), reason: Words }, closed)),
  },
  closed,
);
export const reviewReply = Type.Object(
  { round: Type.Integer(), mayReview: Type.Boolean(), subjects: Type.Array(subject), evaluation },
  closed,
);
export const filesReply = Type.Object({ evidence: Type.Array(evidenceView) }, closed);
export const finalisationReply = Type.Object(
  { seen: Type.String({ description: 'Give it back to settle this very result' }), evaluation },
  closed,
);

export function reviewOf(work: AssessmentUnderReview): Static<typeof reviewReply> {
  const subjects = work.subjects.map((one) => subjectOf(work, one));
  const { round, mayReview } = work;
  return { round: round.number, mayReview, subjects, evaluation: evaluationOf(work.evaluation) };
}

/** The files of what applies. */
export function filesOf({ subjects }: AssessmentUnderReview): Static<typeof filesReply> {
  return { evidence: subjects.flatMap(({ files }) => files.map(evidenceOf)) };
}

function subjectOf({ collected, reviewers }: AssessmentUnderReview, one: Subject): Static<typeof subject> {
  const { id, question, sectionId, state, takesEvidence, isNa, files, review } = one;
  const row = one.record === null ? collected.rows.find(({ questionId }) => questionId === question.id) : undefined;
  return {
    ...{ id, questionId: question.id, sectionId, text: wordsOf(question.text), evidence: state, takesEvidence, isNa },
    answer: row ? answerOf(row) : null,
    files: files.map(evidenceOf),
    mark: review ? markOf(review, reviewers) : null,
    seen: markedAt(review),
  };
}

function markOf(review: NonNullable<Subject['review']>, reviewers: ReadonlyMap<string, string>) {
  const { naRejected, reason, remark, conditionHolds, conditionReason, reviewedBy, reviewedAt } = review;
  const who = { by: reviewers.get(reviewedBy) ?? '', at: reviewedAt.toISOString() };
  return { naRejected, reason, remark, conditionHolds, conditionReason, ...who };
}

export function evaluationOf(result: Evaluation): Static<typeof evaluation> {
  const { asOf, mode, questionnaire, scorerVersion, score, grade, coverage, judgement } = result;
  const { knockouts, findings, legal, sections, issues } = result;
  return {
    ...{ asOf, mode, questionnaire, scorerVersion, score, grade, coverage, judgement },
    ...{ knockouts: [...knockouts], findings: { ...findings }, legal: legal?.code ?? null },
    sections: sections.map(({ id, score: one }) => ({ id, score: one })),
    issues: issues.map(({ ref, severity, reason }) => ({ ref, severity, reason: wordsOf(reason) })),
  };
}
