import type { CertificateRecord } from '../../domain/questionnaire/answer.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { visibility } from '../../domain/questionnaire/visibility.ts';
import type { Collected } from './reviews.usecases.ts';

/** What may be judged: every question that applies, and every certificate record (`<question id>#<n>`). */
export function reviewSubjects(compiled: CompiledQuestionnaire, collected: Collected): Set<string> {
  const shown = visibility(compiled, collected.answers);
  const subjects = new Set<string>();
  for (const section of compiled.questionnaire.sections) {
    for (const question of section.questions) {
      if (shown.get(question.id) === 'hidden') continue;
      subjects.add(question.id);
      if (question.type === 'certificates') {
        for (const n of recordNumbers(collected.answers[question.id]?.value)) subjects.add(`${question.id}#${n}`);
      }
    }
  }
  return subjects;
}

/** Subjects with a file nobody has judged yet, of one section or of all. */
export function openSubjects(compiled: CompiledQuestionnaire, collected: Collected, sectionId?: string): string[] {
  const judged = new Set(collected.reviews.filter((review) => review.evidenceState).map((review) => review.subject));
  const withFile = new Set(collected.files.map((file) => file.subject));
  return [...withFile].filter((subject) => {
    const question = compiled.byId.get(subject.split('#')[0] ?? '');
    return !judged.has(subject) && (sectionId === undefined || question?.sectionId === sectionId);
  });
}

/** 1-based numbers of the certificate records of an answer. */
export function recordNumbers(value: unknown): number[] {
  return Array.isArray(value) ? (value as CertificateRecord[]).map((_, index) => index + 1) : [];
}
