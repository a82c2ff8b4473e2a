import type { Subject } from './subjects.ts';

/** Fragment of a subject on the page of its section. */
export function anchorOf(subjectId: string): string {
  return `s-${subjectId.replace('#', '-')}`;
}

export function answersHref(assessmentId: string): string {
  return `/assessments/${assessmentId}/answers`;
}

/** Where a question stands on the page of its section. */
export function questionHref(assessmentId: string, sectionId: string, questionId: string): string {
  return `${answersHref(assessmentId)}/${sectionId}#q-${questionId}`;
}

export function subjectHref(assessmentId: string, { sectionId, id }: Pick<Subject, 'sectionId' | 'id'>): string {
  return `${answersHref(assessmentId)}/${sectionId}#${anchorOf(id)}`;
}
