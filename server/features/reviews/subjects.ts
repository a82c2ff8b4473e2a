import { countsAsEvidence, isReadable } from '../../domain/assessment/evidence-file.ts';
import type { Answers, AnswerValue } from '../../domain/questionnaire/answer.ts';
import { isBlank } from '../../domain/questionnaire/answer-state.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import type { EvidenceState, Question } from '../../domain/questionnaire/questionnaire.ts';
import { visibility } from '../../domain/questionnaire/visibility.ts';
import type { collectAnswers } from '../answers/answers.usecases.ts';
import { isRecords, recordSubject } from '../answers/collected.ts';

export type Collected = Awaited<ReturnType<typeof collectAnswers>>;

/** The answers that count, with the conditions applied that were settled to hold. */
export function counting(collected: Collected): Collected {
  return { ...collected, answers: collected.effective };
}

/** What a reviewer judges: one question that applies, or one certificate record (`<question id>#<n>`). */
export type Subject = {
  id: string;
  question: Question;
  sectionId: string;
  /** Place of the certificate record, from 1; null for the question itself. */
  record: number | null;
  files: Collected['files'];
  review: Collected['reviews'][number] | undefined;
  /** State of the evidence as the scorer sees it. */
  state: EvidenceState;
  /** Whether there is evidence to judge, given in a file or shown in another way. */
  takesEvidence: boolean;
  isNa: boolean;
};

/** Every subject in the order of the questionnaire; the records of a certificate question follow it. */
export function reviewSubjects(compiled: CompiledQuestionnaire, collected: Collected): Subject[] {
  const shown = visibility(compiled, collected.answers);
  return compiled.questionnaire.sections.flatMap((section) =>
    section.questions
      .filter((question) => shown.get(question.id) !== 'hidden')
      .flatMap((question) => subjectsOf(question, section.id, collected)),
  );
}

/** Files nobody has judged yet wait for a reviewer. */
export function isOpen({ state }: Subject): boolean {
  return state === 'attached';
}

/** Whether there is a file a reviewer can open: what nobody can open yet is not verified by looking at it. */
export function canBeRead({ files }: Subject): boolean {
  return files.some(isReadable);
}

function subjectsOf(question: Question, sectionId: string, collected: Collected): Subject[] {
  const value = collected.answers[question.id]?.value;
  const own = subject(question, sectionId, null, collected);
  const records = question.type === 'certificates' && isRecords(value) ? value : [];
  return [own, ...records.map((_, index) => subject(question, sectionId, index, collected))];
}

function subject(question: Question, sectionId: string, index: number | null, collected: Collected): Subject {
  const id = index === null ? question.id : recordSubject(question.id, index);
  const files = collected.files.filter((file) => file.subject === id);
  const review = collected.reviews.find((one) => one.subject === id);
  const isNa = index === null && collected.answers[question.id]?.value === 'na';
  return {
    id,
    question,
    sectionId,
    record: index === null ? null : index + 1,
    files,
    review,
    state: review?.evidenceState ?? (files.some(countsAsEvidence) ? 'attached' : 'none'),
    takesEvidence: index !== null || files.length > 0 || asksForEvidence(question, collected.answers),
    isNa,
  };
}

/** The evidence of certificates belongs to their records; of an answer that says nothing there is none. */
function asksForEvidence(question: Question, answers: Answers): boolean {
  if (question.type === 'certificates' || question.evidence.level === 'none') return false;
  const value: AnswerValue | undefined = answers[question.id]?.value;
  return !isBlank(question, value) && (question.type === 'text' || (value !== 'unknown' && value !== 'na'));
}
