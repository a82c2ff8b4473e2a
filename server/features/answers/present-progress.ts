import type { Transaction } from '../../../db/client.ts';
import type { Answers } from '../../domain/questionnaire/answer.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { progress, type SectionProgress } from '../../domain/questionnaire/progress.ts';
import { openProgress } from '../../domain/round/open-progress.ts';
import { submittedAnswers } from '../../domain/round/submitted.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { ReturnedRound } from '../rounds/returned-round.usecases.ts';
import type { AnswerRow, EvidenceFile } from './answers.store.ts';
import { collectGiven } from './answers.usecases.ts';

type Given = { answers: Answers; rows: readonly AnswerRow[]; files: readonly EvidenceFile[] };

/** How far a person has come with the `shown` questions: with all of them, or after a return with those that may be changed. */
export function presentProgress(
  compiled: CompiledQuestionnaire,
  { answers, rows, files }: Given,
  shown: ReadonlySet<string>,
  returned: ReturnedRound | null,
): readonly SectionProgress[] {
  if (!returned) return progress(compiled, answers, shown);
  const { open, before, reasons } = returned;
  const now = submittedAnswers(shown, rows, files);
  return openProgress(compiled, { open, before, flagged: new Set(reasons.keys()) }, { answers, now, shown });
}

/** The same once an answer has been saved: only after a return are the other answers and the files needed. */
export async function progressOnceSaved(
  db: Transaction,
  { organisationId, assessmentId }: RespondentPrincipal,
  { compiled, answers }: { compiled: CompiledQuestionnaire; answers: Answers },
  shown: ReadonlySet<string>,
  returned: ReturnedRound | null,
): Promise<readonly SectionProgress[]> {
  if (!returned) return progress(compiled, answers, shown);
  return presentProgress(compiled, await collectGiven(db, organisationId, assessmentId), shown, returned);
}
