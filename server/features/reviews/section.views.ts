import type { Section } from '../../domain/questionnaire/questionnaire.ts';
import { answersHref, subjectHref } from './addresses.ts';
import { reviewItems } from './filters.ts';
import { headView } from './overview.views.ts';
import { type Notice, questionView } from './question.views.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';
import { isOpen, type Subject } from './subjects.ts';

/** One section with every question that applies. `saved` is the subject just marked: the page says so where it lands. */
export function sectionView(work: AssessmentUnderReview, section: Section, saved: string | null) {
  const sections = work.compiled.questionnaire.sections;
  const at = sections.findIndex(({ id }) => id === section.id);
  const notice = saved === null ? null : noticeOf(work, section.id, saved);
  return {
    assessment: headView(work),
    section: { id: section.id, title: section.title, description: section.description ?? null },
    questions: reviewItems(work)
      .filter(({ sectionId }) => sectionId === section.id)
      .map((item) => questionView(work, item, notice)),
    open: openIn(work, section.id).length,
    flagged: work.round.flagged.size,
    nextOpen: nextOpenView(work, section.id),
    sections: sections.map((one) => ({
      title: one.title,
      href: `${answersHref(work.assessment.id)}/${one.id}`,
      open: openIn(work, one.id).length,
      current: one.id === section.id,
    })),
    previous: link(work, sections[at - 1]),
    next: link(work, sections[at + 1]),
  };
}

/** The next subject of the section that waits for a mark, after `subjectId` and then from the top; the subject itself when none does. */
export function landingAfter(work: AssessmentUnderReview, sectionId: string, subjectId: string): string {
  const own = work.subjects.filter((subject) => subject.sectionId === sectionId);
  const at = own.findIndex(({ id }) => id === subjectId);
  const others = [...own.slice(at + 1), ...own.slice(0, Math.max(at, 0))];
  return others.find(isOpen)?.id ?? subjectId;
}

function noticeOf(work: AssessmentUnderReview, sectionId: string, saved: string): Notice | null {
  const marked = work.subjects.find((subject) => subject.id === saved && subject.sectionId === sectionId);
  if (!marked?.review) return null;
  const at = landingAfter(work, sectionId, saved);
  return { at, saved, more: at !== saved };
}

function openIn({ subjects }: AssessmentUnderReview, sectionId: string): Subject[] {
  return subjects.filter((subject) => subject.sectionId === sectionId && isOpen(subject));
}

/** First of this section, else of the sections that follow, else of those before. */
function nextOpenView(work: AssessmentUnderReview, sectionId: string) {
  const start = work.subjects.findIndex((subject) => subject.sectionId === sectionId);
  const inOrder = [...work.subjects.slice(Math.max(start, 0)), ...work.subjects.slice(0, Math.max(start, 0))];
  const next = inOrder.find(isOpen);
  if (!next) return null;
  return { id: next.id, href: subjectHref(work.assessment.id, next), here: next.sectionId === sectionId };
}

function link({ assessment }: AssessmentUnderReview, section: Section | undefined) {
  return section ? { title: section.title, href: `${answersHref(assessment.id)}/${section.id}` } : null;
}
