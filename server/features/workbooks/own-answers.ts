import type { Transaction } from '../../../db/client.ts';
import type { Answers } from '../../domain/questionnaire/answer.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { ownQuestions } from '../../domain/questionnaire/own-questions.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import { type AnswerRow, listAnswers, listEvidence, type Outline, readOutline } from '../answers/answers.store.ts';
import { collected } from '../answers/collected.ts';
import { requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { snapshotFor } from '../assessments/snapshot.ts';

/** The request as one person answers it. `answers` are everybody's, because conditions rest on them; `own` says what is this person's. */
export type OwnAnswers = {
  outline: Outline;
  compiled: CompiledQuestionnaire;
  own: ReadonlySet<string>;
  shown: ReadonlySet<string>;
  answers: Answers;
  rows: ReadonlyMap<string, AnswerRow>;
  /** Names of attached files by subject. */
  files: ReadonlyMap<string, readonly string[]>;
};

/** Throws AppError 409 `wrong_state` when nothing can be answered now. */
export async function readOwnAnswers(db: Transaction, respondent: RespondentPrincipal, now: Date): Promise<OwnAnswers> {
  const { organisationId, assessmentId, scope } = respondent;
  const [outline, rows, evidence] = await Promise.all([
    readOutline(db, organisationId, assessmentId),
    listAnswers(db, organisationId, assessmentId),
    listEvidence(db, organisationId, assessmentId),
  ]);
  if (!outline) throw notFound();
  requireAllowed('respond.answer', outline, now);
  const compiled = await snapshotFor(db, outline);
  const answers = collected(rows, evidence, []);
  const files = new Map<string, string[]>();
  for (const { subject, name } of evidence) files.set(subject, [...(files.get(subject) ?? []), name]);
  return {
    outline,
    compiled,
    own: ownQuestions(compiled, scope),
    shown: shownToRespondent(compiled, answers),
    answers,
    rows: new Map(rows.map((row) => [row.questionId, row])),
    files,
  };
}
