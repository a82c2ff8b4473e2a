import type { Transaction } from '../../../db/client.ts';
import type { Scope } from '../../domain/assessment/scope.ts';
import { ownQuestions, within } from '../../domain/questionnaire/own-questions.ts';
import { progress } from '../../domain/questionnaire/progress.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import { openProgress } from '../../domain/round/open-progress.ts';
import { submittedAnswers } from '../../domain/round/submitted.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { listGivenAnswers, listGivenFiles } from '../rounds/given.store.ts';
import { readReturnedRound } from '../rounds/returned-round.usecases.ts';

/** How many questions of one person's part ask for something, and how many of them still do. */
export type OpenPart = { open: number; applicable: number };

/** After a return: of the questions that came back, those that are as they were handed in. Else those without a response. */
export async function readOpenPart(db: Transaction, assessment: Assessment, scope: Scope): Promise<OpenPart> {
  const { organisationId, id } = assessment;
  const compiled = compiledSnapshot(assessment);
  const [rows, files, returned] = await Promise.all([
    listGivenAnswers(db, organisationId, id),
    listGivenFiles(db, organisationId, id),
    readReturnedRound(db, assessment, compiled),
  ]);
  const answers = Object.fromEntries(rows.map(({ questionId, value, naReason }) => [questionId, { value, naReason }]));
  const applying = shownToRespondent(compiled, answers);
  const shown = within(ownQuestions(compiled, scope), applying);
  const present = files.filter(({ removedAt }) => removedAt === null);
  const now = submittedAnswers(applying, rows, present);
  const sections = returned
    ? openProgress(compiled, { ...returned, flagged: new Set(returned.reasons.keys()) }, { answers, now, shown })
    : progress(compiled, answers, shown);
  const applicable = sections.reduce((sum, section) => sum + section.applicable, 0);
  return { open: applicable - sections.reduce((sum, section) => sum + section.answered, 0), applicable };
}
