/** The part of a questionnaire that one person at the vendor answers and reads. */
import { isInScope, type Scope } from '../assessment/scope.ts';
import type { CompiledQuestionnaire } from './compile.ts';

/** Ids of the questions in the part, in file order; with no part given, of all. */
export function ownQuestions({ questions }: CompiledQuestionnaire, scope: Scope): ReadonlySet<string> {
  const own = questions.filter(({ sectionId, question }) => isInScope(scope, { sectionId, questionId: question.id }));
  return new Set(own.map(({ question }) => question.id));
}

/** The question a piece of evidence is about: its subject is a question's id, or a record's such as `AB-01#2`. */
export function questionOf(subject: string): string {
  return subject.split('#')[0] ?? '';
}

/** Those of `ids` that are in the part. */
export function within(own: ReadonlySet<string>, ids: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...ids].filter((id) => own.has(id)));
}
