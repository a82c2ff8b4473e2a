import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { answerLines } from '../../domain/questionnaire/answer-text.ts';
import type { CompiledQuestion } from '../../domain/questionnaire/compile.ts';
import type { Localized, Section } from '../../domain/questionnaire/questionnaire.ts';
import type { QuestionResult } from '../../domain/scoring/evaluation.ts';
import type { ReviewInput } from './record-review.usecases.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';
import { openSubjects, recordNumbers } from './subjects.ts';

/** The overview: result as it stands and what is left to review, section by section. */
export function overviewView(work: AssessmentUnderReview) {
  const { evaluation, compiled } = work;
  return {
    assessment: headView(work),
    assessmentHref: `/assessments/${work.assessment.id}`,
    answersHref: `/assessments/${work.assessment.id}/answers`,
    result: {
      score: evaluation.score.toFixed(1),
      grade: evaluation.grade,
      coverage: evaluation.coverage.toFixed(1),
      judgement: evaluation.judgement,
      why: evaluation.why.judgement,
      asOf: evaluation.asOf,
    },
    sections: compiled.questionnaire.sections.map((section) => sectionRow(work, section)),
    open: openSubjects(work.compiled, work.collected).length,
  };
}

export function headView({ assessment }: AssessmentUnderReview) {
  return {
    id: assessment.id,
    reference: assessment.reference,
    mayReview: assessment.state === 'submitted',
    finalised: assessment.state === 'finalised',
    submittedAt: assessment.submittedAt,
  };
}

function sectionRow(work: AssessmentUnderReview, section: Section) {
  const score = work.evaluation.sections.find(({ id }) => id === section.id)?.score ?? null;
  return {
    id: section.id,
    title: section.title,
    score: score === null ? null : score.toFixed(1),
    open: openSubjects(work.compiled, work.collected, section.id).length,
    href: `/assessments/${work.assessment.id}/answers/${section.id}`,
  };
}

/** One section with every question that applies, its answer, its evidence and the review form. */
export function sectionView(work: AssessmentUnderReview, section: Section) {
  const results = new Map(work.evaluation.why.questions.map((result) => [result.id, result]));
  const questions = section.questions.flatMap((question) => {
    const compiled = work.compiled.byId.get(question.id);
    const result = results.get(question.id);
    return compiled && result && result.visibility !== 'hidden' ? [questionView(work, compiled, result)] : [];
  });
  const sections = work.compiled.questionnaire.sections;
  const at = sections.findIndex(({ id }) => id === section.id);
  return {
    assessment: headView(work),
    answersHref: `/assessments/${work.assessment.id}/answers`,
    section: { id: section.id, title: section.title },
    questions,
    open: openSubjects(work.compiled, work.collected, section.id).length,
    previous: link(work, sections[at - 1]),
    next: link(work, sections[at + 1]),
  };
}

function link(work: AssessmentUnderReview, section: Section | undefined) {
  return section ? { title: section.title, href: `/assessments/${work.assessment.id}/answers/${section.id}` } : null;
}

function questionView(work: AssessmentUnderReview, { question }: CompiledQuestion, result: QuestionResult) {
  const kinds = work.compiled.questionnaire.certificateKinds ?? [];
  const row = work.collected.rows.find(({ questionId }) => questionId === question.id);
  const value = work.collected.answers[question.id]?.value;
  return {
    id: question.id,
    text: question.text,
    lines: answerLines(question, value, kinds),
    comment: row?.comment ?? '',
    naReason: value === 'na' ? (row?.naReason ?? '') : '',
    isNa: value === 'na',
    fails: result.fails,
    open: result.state === 'unknown' || result.state === 'unanswered' || result.state === 'invalidNa',
    evidenceLevel: question.evidence.level,
    scored: result.score !== null,
    score: result.score === null ? 0 : Math.round(result.score * 100),
    weight: question.weight,
    reason: result.reason,
    subjects: [question.id, ...recordNumbers(value).map((n) => `${question.id}#${n}`)].map((subject) =>
      subjectView(work, subject, answerLines(question, value, kinds)),
    ),
  };
}

function subjectView(work: AssessmentUnderReview, subject: string, lines: readonly Localized[]) {
  const review = work.collected.reviews.find((r) => r.subject === subject);
  const n = Number(subject.split('#')[1] ?? 0);
  const files = work.collected.files.filter((file) => file.subject === subject);
  const state = review?.evidenceState ?? (files.length > 0 ? 'attached' : 'none');
  return {
    subject,
    anchor: anchorOf(subject),
    record: n > 0 ? (lines[n - 1] ?? null) : null,
    state,
    urlSubject: encodeURIComponent(subject),
    unfolded: state === 'attached',
    choices: {
      verified: state === 'verified',
      rejected: state === 'rejected',
      open: state === 'attached' || state === 'none',
    },
    naRejected: review?.naRejected ?? false,
    reason: review?.reason ?? '',
    remark: review?.remark ?? '',
    reviewedOn: review ? tokyoDate(review.reviewedAt) : null,
    files: files.map(({ id, name, size, sha256, uploadedAt }) => ({
      href: `/evidence/${id}`,
      name,
      size,
      shortHash: `${sha256.slice(0, 12)}…`,
      uploadedAt,
    })),
  };
}

/** Fragment of a subject on its page. */
export function anchorOf(subject: string): string {
  return subject.replace('#', '-');
}

/** Puts what was typed back into the form of its subject. */
export function keepTyped(view: ReturnType<typeof sectionView>, subject: string, { evidence, ...words }: ReviewInput) {
  const choices = { verified: evidence === 'verified', rejected: evidence === 'rejected', open: evidence === 'open' };
  const questions = view.questions.map((question) => ({
    ...question,
    subjects: question.subjects.map((one) => (one.subject === subject ? { ...one, ...words, choices } : one)),
  }));
  return { ...view, questions };
}
