import type { Answers } from '../../domain/questionnaire/answer.ts';
import type { CompiledQuestion, CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { responded, shownToRespondent } from '../../domain/questionnaire/visibility.ts';

/** Questions that apply now, in file order, and which of them have no response yet; with `own`, of that part only. */
export type OpenQuestions = { shown: readonly CompiledQuestion[]; unanswered: readonly CompiledQuestion[] };

export function openQuestions(
  compiled: CompiledQuestionnaire,
  answers: Answers,
  own?: ReadonlySet<string>,
): OpenQuestions {
  const ids = shownToRespondent(compiled, answers);
  const shown = compiled.questions.filter(({ question: { id } }) => ids.has(id) && (own?.has(id) ?? true));
  return { shown, unanswered: shown.filter((one) => !responded(one, answers[one.question.id])) };
}

/** Where to go on: the first unanswered question after the one saved last, else the first of all. */
export function nextQuestion(
  compiled: CompiledQuestionnaire,
  { unanswered }: OpenQuestions,
  rows: readonly { questionId: string; updatedAt: Date }[],
): CompiledQuestion | null {
  const last = rows.reduce<(typeof rows)[number] | null>(
    (latest, row) => (latest === null || row.updatedAt > latest.updatedAt ? row : latest),
    null,
  );
  const place = last ? (compiled.byId.get(last.questionId)?.index ?? -1) : -1;
  return unanswered.find(({ index }) => index > place) ?? unanswered[0] ?? null;
}

/** Address of a question on its section page. */
export function questionHref({ sectionId, question }: CompiledQuestion, from: 'tasks' | 'check' = 'tasks'): string {
  const back = from === 'check' ? '?return=check' : '';
  return `/respond/sections/${encodeURIComponent(sectionId)}${back}#q-${encodeURIComponent(question.id)}`;
}
