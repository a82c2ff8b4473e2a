import { answerLines } from '../../domain/questionnaire/answer-text.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';
import { findingTerm } from '../../domain/report/terms.ts';
import type { Message } from '../../errors.ts';
import { anchorOf, answersHref } from './addresses.ts';
import { type CertificateRow, certificateRows } from './certificates.views.ts';
import { conditionView, planView } from './conditions.views.ts';
import { contradictionsView } from './contradictions.views.ts';
import { evidenceFiles } from './evidence-files.views.ts';
import { isToConfirm, type ReviewItem } from './filters.ts';
import { returnView } from './return.views.ts';
import { reusedView } from './reused.views.ts';
import { markedAt, type ReviewInput } from './review-rules.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';
import type { Subject } from './subjects.ts';

/** What was just saved, and the subject where the reader lands and is told so; `more` when another one waits there. */
export type Notice = { at: string; saved: string; more: boolean };

/** One question: what was asked and answered, why it counts as it does, and its evidence with the form to mark it. */
export function questionView(work: AssessmentUnderReview, item: ReviewItem, notice: Notice | null) {
  const { question, subjects, result, comment, naReason, withheld } = item;
  const kinds = work.compiled.questionnaire.certificateKinds ?? [];
  const answer = work.collected.answers[question.id];
  const lines = answerLines(question, answer?.settled ? answer.settled.base : answer?.value, kinds);
  const points = pointsView(work, item);
  const certificates = certificateRows(work);
  return {
    id: question.id,
    text: question.text,
    lines,
    comment,
    withheld,
    naReason: subjects[0].isNa ? naReason : '',
    fails: result.fails,
    toConfirm: isToConfirm(result),
    levelKey: `reviews.level.${question.evidence.level}`,
    evidenceHint: question.evidence.hint ?? null,
    advice: result.fails || isToConfirm(result) ? question.advice : null,
    points,
    condition: conditionView(work, item, points?.overall ? Number(points.overall.of) : null),
    plan: planView(work, item),
    noPointsKey: noPointsKey(item),
    reason: result.reason,
    finding: findingView(work, item),
    contradictions: contradictionsView(work, question.id),
    reused: reusedView(work, question.id),
    ...returnView(work, item),
    subjects: subjects
      .filter((subject) => hasSomething(work, subject))
      .map((subject) =>
        subjectView(work, subject, { line: lines[(subject.record ?? 0) - 1] ?? null, certificates, notice }),
      ),
  };
}

/** Once nothing can be written any more, an empty box would only ask what it is for. */
function hasSomething({ mayReview }: AssessmentUnderReview, { takesEvidence, isNa, review }: Subject): boolean {
  return mayReview || takesEvidence || isNa || review !== undefined;
}

/** How the points come about; null for facts and for what is left out of the score. */
function pointsView({ evaluation }: AssessmentUnderReview, { sectionId, result }: ReviewItem) {
  if (result.score === null || result.weight === 0) return null;
  const percent = (share: number) => String(Math.round(share * 100));
  const section = evaluation.why.sections.find(({ id }) => id === sectionId);
  const weights = evaluation.why.sections
    .filter(({ score }) => score !== null)
    .reduce((sum, one) => sum + one.weight, 0);
  const share = section && section.score !== null ? section.weight / weights / section.applicableWeight : null;
  const of = share === null ? null : result.weight * share * 100;
  return {
    score: percent(result.score),
    before: percent(result.scoreBeforeEvidence ?? result.score),
    multiplier: String(result.multiplier),
    weight: String(result.weight),
    overall: of === null ? null : { reached: (of * result.score).toFixed(2), of: of.toFixed(2) },
  };
}

function noPointsKey({ question, result }: ReviewItem): string {
  if (question.type === 'certificates') return 'reviews.noPoints.certificates';
  return result.state === 'na' ? 'reviews.noPoints.na' : 'reviews.noPoints.fact';
}

function findingView({ assessment, compiled, evaluation }: AssessmentUnderReview, { question }: ReviewItem) {
  const finding = compiled.questionnaire.findings?.find(({ id }) => id === question.finding);
  if (!finding) return null;
  const status = evaluation.findings[finding.id] ?? 'unknown';
  const href = `${answersHref(assessment.id)}#f-${finding.id}`;
  return { id: finding.id, title: finding.title, status, words: findingTerm(status).label, href };
}

type Beside = { line: Localized | null; certificates: readonly CertificateRow[]; notice: Notice | null };

function subjectView(work: AssessmentUnderReview, subject: Subject, { line, certificates, notice }: Beside) {
  const { id, record, state, review, takesEvidence, isNa } = subject;
  const anchor = anchorOf(id);
  return {
    id,
    anchor,
    action: `/assessments/${work.assessment.id}/reviews/${encodeURIComponent(id)}`,
    record: record === null ? null : line,
    certificate: certificates.find(({ ref }) => ref === id) ?? null,
    notice: notice?.at === id ? notice : null,
    state,
    takesEvidence,
    isNa,
    asksReason: takesEvidence || isNa,
    unfolded: state === 'attached',
    choices: { verified: state === 'verified', rejected: state === 'rejected', open: review?.evidenceState == null },
    naRejected: review?.naRejected ?? false,
    reason: review?.reason ?? '',
    remark: review?.remark ?? '',
    seen: markedAt(review),
    round: work.round.number,
    problem: null as Message | null,
    marked: review ? { at: review.reviewedAt, by: work.reviewers.get(review.reviewedBy) ?? '' } : null,
    files: evidenceFiles(subject, { asOf: work.evaluation.asOf, mayReview: work.mayReview }),
  };
}

type SectionModel = { questions: readonly ReturnType<typeof questionView>[] };

/** Puts what was typed back into the form of its subject, with what to mend. */
export function keepTyped<Model extends SectionModel>(
  view: Model,
  subject: string,
  { evidence, naRejected, reason, remark }: ReviewInput,
  problem: Message,
) {
  const choices = { verified: evidence === 'verified', rejected: evidence === 'rejected', open: evidence === 'open' };
  const typed = { choices, naRejected, reason, remark, problem, unfolded: true };
  const questions = view.questions.map((question) => ({
    ...question,
    subjects: question.subjects.map((one) =>
      one.id === subject ? { ...one, ...typed, asksReason: one.asksReason || reason !== '' } : one,
    ),
  }));
  return { ...view, questions };
}
