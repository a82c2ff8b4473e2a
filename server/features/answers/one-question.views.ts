/** 1問ずつ: a section page with one of its questions, and the way through all the others. Pure. */
import type { Locale } from '../../adapters/template-helpers.ts';
import type { OpenSection } from './open-section.usecases.ts';
import { wordsOf } from './page-words.ts';
import { isAsked } from './returned.views.ts';
import { hrefOf, waitingIn } from './section-places.views.ts';

/** `one` where that question of the section can be answered now; null means the whole section. */
export function aloneIn(open: OpenSection, one: string | null): string | null {
  return one !== null && open.section.questions.some(({ id }) => id === one) && isOffered(open, one) ? one : null;
}

/** The page of the next question, in whatever section it is; null after the last. */
export function hrefAfter(open: OpenSection, one: string, returnTo: string | null): string | null {
  const { next } = neighboursOf(open, one);
  return next ? hrefOf(next.sectionId, returnTo, next.question.id) : null;
}

/** Link between the two ways of showing a section; for one question also its place, the ones beside it and the next open one. */
export function oneByOne(open: OpenSection, one: string | null, { locale, returnTo }: Context) {
  const here = open.section.questions.filter(({ id }) => isOffered(open, id));
  const whole = hrefOf(open.section.id, returnTo);
  if (one === null) return { one: null, oneHref: here[0] ? hrefOf(open.section.id, returnTo, here[0].id) : null };
  const { previous, next, at } = neighboursOf(open, one);
  const link = (found: Found | undefined) =>
    found
      ? { href: hrefOf(found.sectionId, returnTo, found.question.id), title: wordsOf(found.question.text, locale) }
      : null;
  const others = waitingIn(open).filter(({ question }) => question.id !== one);
  return {
    one: { at: here.findIndex(({ id }) => id === one) + 1, count: here.length, wholeHref: `${whole}#q-${one}` },
    oneHref: null,
    previous: link(previous),
    next: link(next),
    nextOpen: link(others.find(({ index }) => index > at) ?? others[0]),
  };
}

type Context = { locale: Locale; returnTo: string | null };
type Found = OpenSection['compiled']['questions'][number];

function neighboursOf(open: OpenSection, one: string) {
  const at = open.compiled.byId.get(one)?.index ?? 0;
  const offered = open.compiled.questions.filter(({ question }) => isOffered(open, question.id));
  return { at, previous: offered.findLast(({ index }) => index < at), next: offered.find(({ index }) => index > at) };
}

function isOffered(open: OpenSection, id: string): boolean {
  return open.shown.has(id) && isAsked(open, id);
}
