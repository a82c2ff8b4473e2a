import type { Transaction } from '../../../db/client.ts';
import { ownQuestions, questionOf } from '../../domain/questionnaire/own-questions.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import { snapshotFor } from '../assessments/snapshot.ts';

/** Throws the AppError 404 of something unknown unless `subject` (a question, or one of its records) is in this person's part. */
export async function requireOwnSubject(
  db: Transaction,
  { scope }: RespondentPrincipal,
  assessment: { organisationId: string; id: string; questionnaireHash: string },
  subject: string,
): Promise<void> {
  if (scope === null) return;
  const compiled = await snapshotFor(db, assessment);
  if (!ownQuestions(compiled, scope).has(questionOf(subject))) throw notFound();
}
