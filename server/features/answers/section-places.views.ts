/** Where a section stands among the others. Pure. */
import type { Locale } from '../../adapters/template-helpers.ts';
import type { Section } from '../../domain/questionnaire/questionnaire.ts';
import { responded } from '../../domain/questionnaire/visibility.ts';
import type { OpenSection } from './open-section.usecases.ts';
import { wordsOf } from './page-words.ts';
import { presentProgress } from './present-progress.ts';
import { isAsked } from './returned.views.ts';

/** Section list with counts, and the next question that waits for an answer: here, then further on, then before. */
export function placesOf(open: OpenSection, locale: Locale, returnTo: string | null) {
  const { compiled, section, shown, own, returned } = open;
  const counts = presentProgress(compiled, open, shown, returned);
  const { sections } = compiled.questionnaire;
  const at = sections.findIndex(({ id }) => id === section.id);
  const waiting = waitingIn(open);
  const fromHere = waiting.find(({ sectionId }) => sections.findIndex(({ id }) => id === sectionId) >= at);
  const nextOpen = fromHere ?? waiting[0];
  const { previous, next } = neighbours(open);
  const link = (one: Section) => ({ href: addressOf(open, one, returnTo), title: wordsOf(one.title, locale) });
  return {
    place: at + 1,
    answered: counts[at]?.answered ?? 0,
    applicable: counts[at]?.applicable ?? 0,
    sections: sections
      .map((one, index) => ({
        id: one.id,
        ...link(one),
        current: index === at,
        isOwn: one.questions.some(({ id }) => own.has(id)),
        answered: counts[index]?.answered ?? 0,
        applicable: counts[index]?.applicable ?? 0,
        applies: one.questions.some(({ id }) => shown.has(id)),
        /** After a return nothing is counted where nothing may be changed. */
        counts: (counts[index]?.applicable ?? 0) > 0,
        returned: one.questions.filter(({ id }) => shown.has(id) && returned?.reasons.has(id)).length,
      }))
      .filter(({ isOwn }) => isOwn),
    previous: previous ? link(previous.section) : null,
    next: next ? link(next.section) : null,
    nextOpen: nextOpen
      ? { id: nextOpen.question.id, href: `${hrefOf(nextOpen.sectionId, returnTo)}#q-${nextOpen.question.id}` }
      : null,
  };
}

/** The questions that may be answered now and are not, in the order of the questionnaire. */
export function waitingIn(open: OpenSection) {
  const { compiled, answers, shown } = open;
  return compiled.questions.filter(
    (one) => shown.has(one.question.id) && isAsked(open, one.question.id) && !responded(one, answers[one.question.id]),
  );
}

/** A section of which nothing was returned is there to be read. */
function addressOf(open: OpenSection, { id, questions }: Section, returnTo: string | null): string {
  const isToRead = questions.every((one) => !isAsked(open, one.id) || !open.shown.has(one.id));
  return open.returned && isToRead ? `${hrefOf(id, null)}?show=all` : hrefOf(id, returnTo);
}

/** The sections before and after this one in which something applies. */
export function neighbours(open: OpenSection) {
  const { section, shown } = open;
  const { sections } = open.compiled.questionnaire;
  const at = sections.findIndex(({ id }) => id === section.id);
  const applies = ({ questions }: Section) => questions.some(({ id }) => shown.has(id) && isAsked(open, id));
  const named = (one: Section | undefined) => (one ? { section: one, href: hrefOf(one.id, null) } : null);
  return {
    previous: named(sections.slice(0, at).findLast(applies)),
    next: named(sections.slice(at + 1).find(applies)),
  };
}

/** `one`: of that question alone. */
export function hrefOf(sectionId: string, returnTo: string | null, one: string | null = null): string {
  const query = new URLSearchParams({ ...(returnTo ? { return: returnTo } : {}), ...(one ? { one } : {}) });
  return `/respond/sections/${encodeURIComponent(sectionId)}${query.size > 0 ? `?${query}` : ''}`;
}
