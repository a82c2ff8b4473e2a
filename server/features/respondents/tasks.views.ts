import { progress, type SectionProgress } from '../../domain/questionnaire/progress.ts';
import { nextQuestion, openQuestions, questionHref } from './open-questions.ts';
import type { OpenRequest } from './open-request.usecases.ts';
import { requestView } from './request.views.ts';
import { responsibleFor } from './sharing.views.ts';

/** The task list: each section with how far it is, and where to go on. */
export function tasksView(request: OpenRequest) {
  const { compiled, collected, own } = request;
  const open = openQuestions(compiled, collected.answers, own);
  const next = nextQuestion(
    compiled,
    open,
    collected.rows.filter(({ questionId }) => own.has(questionId)),
  );
  const shown = new Set(open.shown.map(({ question }) => question.id));
  const sections = progress(compiled, collected.answers, shown).map((one, index) => ({
    ...titlesOf(request, index),
    applicable: one.applicable,
    answered: one.answered,
    applies: one.applicable > 0,
    isDone: stepOf(one) === 'done',
    step: stepOf(one),
    href: `/respond/sections/${encodeURIComponent(one.sectionId)}`,
    people: request.me.role === 'respondent' ? responsibleFor(request, one.sectionId) : '',
    isOwn: compiled.questionnaire.sections[index]?.questions.some(({ id }) => own.has(id)) === true,
  }));
  return {
    request: requestView(request),
    sections: sections.filter(({ isOwn }) => isOwn),
    questions: open.shown.length,
    answered: open.shown.length - open.unanswered.length,
    unanswered: open.unanswered.length,
    next: next ? { id: next.question.id, href: questionHref(next) } : null,
  };
}

function titlesOf({ compiled }: OpenRequest, index: number) {
  const section = compiled.questionnaire.sections[index];
  if (!section) throw new Error('respondents: progress names a section the questionnaire has not');
  return { place: index + 1, title: section.title, description: section.description ?? null };
}

function stepOf({ applicable, answered }: SectionProgress): 'notStarted' | 'inProgress' | 'done' {
  if (answered === applicable) return 'done';
  return answered === 0 ? 'notStarted' : 'inProgress';
}
