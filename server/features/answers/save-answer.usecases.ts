import type { Transaction } from '../../../db/client.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import type { Answer, Answers } from '../../domain/questionnaire/answer.ts';
import type { CompiledQuestion, CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { respondentProblems } from '../../domain/questionnaire/fits.ts';
import { ownQuestions, within } from '../../domain/questionnaire/own-questions.ts';
import type { Problem } from '../../domain/questionnaire/problem.ts';
import type { SectionProgress } from '../../domain/questionnaire/progress.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { moveAssessment, readAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { snapshotFor } from '../assessments/snapshot.ts';
import { actorOf } from '../audit/audit.store.ts';
import { type ReturnedRound, requireOpenQuestion } from '../rounds/returned-round.usecases.ts';
import { planRefusal, withAddOns } from './add-on-rules.ts';
import { readAdvice } from './advice/advice.usecases.ts';
import { type SectionAdvice, sectionAdviceOf } from './advice/section-advice.ts';
import { doesNotFit, hiddenQuestion, recordHasEvidence } from './answer-errors.ts';
import { type AnswerInput, limitProblems } from './answer-input.ts';
import { listEvidence } from './answers.store.ts';
import { progressOnceSaved } from './present-progress.ts';
import { type SaveOutcome, writeAnswer } from './save-answer.store.ts';
import { staleAnswer } from './stale-answer.ts';

/** `shown` and `hidden` together name every question of the person's part, in file order. */
export type SavedAnswer = {
  revision: number;
  savedAt: Date;
  shown: readonly string[];
  hidden: readonly string[];
  progress: readonly SectionProgress[];
  /** For the questions of the same section, where it was asked for and is not switched off. */
  advice: SectionAdvice | undefined;
};

/**
 * Saves one answer of the respondent's assessment in one transaction, with its audit event; the first one opens the assessment.
 * Throws AppError 404 (no such question in this person's part), 409 `wrong_state`, 409 `stale_revision` (with both texts), 422 `hidden_question`,
 * 422 `answer_does_not_fit`.
 */
export async function saveAnswer(
  services: Services,
  respondent: RespondentPrincipal,
  questionId: string,
  input: AnswerInput,
  options: SaveOptions = {},
): Promise<SavedAnswer> {
  return services.database.inOrganisation(respondent.organisationId, (db) =>
    saveAnswerIn(db, respondent, questionId, input, services.clock.now(), options),
  );
}

type SaveOptions = { dropsRecord?: boolean; advises?: boolean };

/** The same within the caller's transaction, which must not commit when this throws. */
export async function saveAnswerIn(
  db: Transaction,
  respondent: RespondentPrincipal,
  questionId: string,
  { revision, ...change }: AnswerInput,
  at: Date,
  options: SaveOptions = {},
): Promise<SavedAnswer> {
  const { organisationId, assessmentId } = respondent;
  const outcome = await writeAnswer(db, {
    organisationId,
    assessmentId,
    questionId,
    revision,
    change,
    linkId: respondent.linkId,
    person: respondent.name,
    at,
  });
  if (!outcome) throw notFound();
  requireAllowed('respond.answer', outcome, at);
  const compiled = await snapshotFor(db, { organisationId, id: assessmentId, ...outcome });
  const asked = compiled.byId.get(questionId);
  const own = ownQuestions(compiled, respondent.scope);
  if (!asked || !own.has(questionId)) throw notFound();
  const returned = outcome.state === 'returned' ? await requireReturned(db, respondent, compiled, questionId) : null;
  const answers = answersOf(outcome);
  const shown = shownToRespondent(compiled, answers);
  if (!shown.has(questionId)) throw hiddenQuestion();
  const answer = withAddOns(outcome.saved === null ? change : (answers[questionId] ?? {}), change, outcome);
  refuseUnfit(asked, answer, planRefusal(change, outcome), tokyoDate(at));
  if (outcome.saved === null) throw staleAnswer(compiled, asked, change, outcome);
  if (!options.dropsRecord) await refuseLostEvidence(db, respondent, asked, outcome);
  if (outcome.state === 'sent') await open(db, respondent, at);
  const about = { compiled, answers, own, today: tokyoDate(at) };
  const advice = options.advises === true ? await readAdvice(db, respondent, about) : null;
  return {
    revision: outcome.saved,
    savedAt: at,
    ...split(own, shown),
    progress: await progressOnceSaved(db, respondent, about, within(own, shown), returned),
    advice: sectionAdviceOf(compiled, advice, asked.sectionId),
  };
}

async function requireReturned(
  db: Transaction,
  { organisationId, assessmentId }: RespondentPrincipal,
  compiled: CompiledQuestionnaire,
  questionId: string,
): Promise<ReturnedRound | null> {
  const assessment = await readAssessment(db, organisationId, assessmentId);
  return requireOpenQuestion(db, assessment, compiled, questionId);
}

async function open(db: Transaction, respondent: RespondentPrincipal, at: Date): Promise<void> {
  const assessment = await readAssessment(db, respondent.organisationId, respondent.assessmentId);
  await moveAssessment(db, assessment, 'open', { actor: actorOf(respondent), at });
}

/** Files belong to a record by its place in the list, so a list with files shrinks only by `dropRecord`, which moves them along. */
async function refuseLostEvidence(
  db: Transaction,
  { organisationId, assessmentId }: RespondentPrincipal,
  { question }: CompiledQuestion,
  { had, values }: SaveOutcome,
): Promise<void> {
  if (question.type !== 'certificates') return;
  const value = values[question.id];
  if ((Array.isArray(value) ? value.length : 0) >= had) return;
  const files = await listEvidence(db, organisationId, assessmentId);
  if (files.some(({ subject }) => subject.startsWith(`${question.id}#`))) throw recordHasEvidence();
}

function answersOf({ values, naReasons }: SaveOutcome): Answers {
  const answers: Record<string, Answer> = {};
  for (const [questionId, value] of Object.entries(values)) {
    answers[questionId] = value === 'na' ? { value, naReason: naReasons[questionId] ?? '' } : { value };
  }
  return answers;
}

function refuseUnfit({ question }: CompiledQuestion, answer: Answer, also: readonly Problem[], today: string): void {
  const problems = [...limitProblems(question, answer.value), ...respondentProblems(question, answer, today), ...also];
  if (problems.length > 0) throw doesNotFit(problems);
}

function split(own: ReadonlySet<string>, shown: ReadonlySet<string>) {
  return { shown: [...own].filter((id) => shown.has(id)), hidden: [...own].filter((id) => !shown.has(id)) };
}
