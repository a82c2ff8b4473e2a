import { changeWords } from '../../domain/round/change-words.ts';
import { handingIn } from './handing-in.ts';
import { questionHref } from './open-questions.ts';
import type { OpenRequest } from './open-request.usecases.ts';

/** What the vendor's pages say of a return; null unless the answers were returned. Of the person's own part only. */
export function roundView(request: OpenRequest) {
  const { assessment, compiled, collected, returned, own, state } = request;
  const given = handingIn(compiled, collected, returned);
  if (!returned || !given.round) return null;
  const { round } = given;
  const unchanged = new Set(round.unchanged);
  const shown = new Set(given.shown.map(({ question }) => question.id));
  const questions = given.shown
    .filter(({ question: { id } }) => returned.reasons.has(id) && own.has(id))
    .map((one) => ({
      id: one.question.id,
      sectionId: one.sectionId,
      text: one.question.text,
      reason: returned.reasons.get(one.question.id) ?? '',
      isChanged: !unchanged.has(one.question.id),
      href: questionHref(one),
    }));
  const missing = given.missing.filter(({ question }) => own.has(question.id));
  const waiting = questions.find(({ isChanged }) => !isChanged);
  const [unanswered] = missing;
  const changes = round.changes.filter(({ questionId }) => own.has(questionId));
  return {
    ...{ number: returned.round, previous: returned.round - 1, dueOn: assessment.dueOn, note: returned.note },
    isOpen: state === 'returned',
    /** Whether the person has anything to do; a colleague's part may have been left out of the return. */
    hasPart: questions.length + missing.length > 0,
    receiptNumber: assessment.receiptNumber,
    submittedAt: assessment.submittedAt,
    questions,
    changed: questions.filter(({ isChanged }) => isChanged).length,
    unchanged: questions.filter(({ isChanged }) => !isChanged),
    missing: missing.map((one) => ({ id: one.question.id, sectionId: one.sectionId, href: questionHref(one) })),
    changes: changeWords(compiled, changes, { shown, files: collected.files }),
    next: waiting ?? (unanswered ? { id: unanswered.question.id, href: questionHref(unanswered) } : null),
  };
}
export type RoundView = NonNullable<ReturnType<typeof roundView>>;

/** The task list of a return: the sections with something to do; with `showsAll` every section. */
export function roundTasks({ compiled, own }: OpenRequest, round: RoundView, showsAll: boolean) {
  const sections = compiled.questionnaire.sections
    .filter(({ questions }) => questions.some(({ id }) => own.has(id)))
    .map(({ id, title }, index) => {
      const returned = round.questions.filter(({ sectionId }) => sectionId === id);
      const changed = returned.filter(({ isChanged }) => isChanged).length;
      const missing = round.missing.filter(({ sectionId }) => sectionId === id).length;
      const hasTask = returned.length + missing > 0;
      const href = `/respond/sections/${encodeURIComponent(id)}${hasTask ? '' : '?show=all'}`;
      return {
        ...{ place: index + 1, title, href, hasTask, missing, changed, returned: returned.length },
        isDone: changed === returned.length && missing === 0,
      };
    });
  return { ...round, showsAll, sections: sections.filter(({ hasTask }) => showsAll || hasTask) };
}
