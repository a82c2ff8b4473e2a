import { aloneIn, hrefAfter } from './one-question.views.ts';
import type { OpenSection } from './open-section.usecases.ts';
import type { Outcome, PageAction } from './section-action.ts';
import { hrefOf, neighbours } from './section-places.views.ts';

/** Where a person goes after everything was saved: on, back to where they came from, or back to the question they acted on. */
export function afterSaving(
  { back, one }: { back: 'check' | null; one: string | null },
  open: OpenSection,
  action: PageAction,
  { at, locationRemoved }: Outcome,
): string {
  const here = hrefOf(open.section.id, back, aloneIn(open, one));
  const and = here.includes('?') ? '&' : '?';
  const mark = at ? `#q-${encodeURIComponent(at)}` : '';
  if (action.kind === 'addRecord') return `${here}${and}add=${encodeURIComponent(action.questionId)}${mark}`;
  if (action.kind === 'reuseFile')
    return `/respond/files?${new URLSearchParams({ subject: action.subject, ...(back ? { return: back } : {}) })}`;
  if (action.kind === 'ask') return `/respond/messages/${encodeURIComponent(action.questionId)}`;
  if (action.kind === 'unclear') return `${here}${and}done=messages.flagged${mark}`;
  const done = locationRemoved ? 'answers.savedWithoutPlace' : 'answers.saved';
  if (action.kind !== 'next' || locationRemoved) return `${here}${and}done=${done}${mark}`;
  if (back) return '/respond/check';
  if (one) return hrefAfter(open, one, null) ?? '/respond/sections';
  return neighbours(open).next?.href ?? '/respond/sections';
}
