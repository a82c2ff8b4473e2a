import { openQuestions } from './open-questions.ts';
import type { OpenRequest } from './open-request.usecases.ts';
import { requestView } from './request.views.ts';
import { roundView } from './round.views.ts';
import { sharingView } from './sharing.views.ts';

/** The start page: everything to settle before the first answer. */
export function startView(request: OpenRequest) {
  const { compiled, collected, today, own } = request;
  const about = requestView(request);
  const { shown, unanswered } = openQuestions(compiled, collected.answers, own);
  const { estimatedMinutes } = compiled.questionnaire;
  const answered = shown.length - unanswered.length;
  return {
    request: about,
    questions: shown.length,
    minutes: estimatedMinutes ? inFives((estimatedMinutes * shown.length) / compiled.questions.length) : null,
    answered,
    hasBegun: answered > 0,
    isOverdue: today > about.dueOn,
    daysLeft: daysBetween(today, about.dueOn),
    sharing: sharingView(request),
    round: roundView(request),
  };
}

function inFives(minutes: number): number {
  return Math.max(5, Math.ceil(minutes / 5) * 5);
}

/** Whole days from one YYYY-MM-DD to another; negative when the second is earlier. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
