import { answerText } from '../../domain/questionnaire/answer-text.ts';
import type { CompiledQuestion, CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { foldedLines } from '../../domain/questionnaire/folded-lines.ts';
import { ownQuestions, questionOf } from '../../domain/questionnaire/own-questions.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import { compareRounds } from '../../domain/round/compare.ts';
import type { AnsweredSheetItem, AnswerSheet, SheetFile, SheetRound, Submission } from '../../domain/sheets/sheets.ts';
import { type AnsweredQuestion, answeredQuestion } from '../answers/answered-question.ts';
import type { CollectedAnswers } from '../answers/answers.usecases.ts';
import type { Round } from '../rounds/rounds.store.ts';
import { headOf, type SheetSource } from './sheet-head.ts';

/** `given` is what the sheet is of; `submission`, where it was handed in; `rounds` all of them up to that, first one first. */
export type AnswerSource = SheetSource & {
  given: Pick<CollectedAnswers, 'answers' | 'rows' | 'files'>;
  submission: Submission | null;
  rounds: readonly Round[];
  madeAt: Date;
  /** YYYY-MM-DD: the day plans are counted from. */
  asOf: string;
};

/** The copy of a person's own answers. Questions that do not apply are left out, as on the pages. */
export function answerSheet(source: AnswerSource): AnswerSheet {
  const { compiled, scope, given, submission, rounds, madeAt } = source;
  const own = ownQuestions(compiled, scope);
  const ids = shownToRespondent(compiled, given.answers);
  const shown = compiled.questions.filter(({ question: { id } }) => ids.has(id) && own.has(id));
  const answered = shown.map((one) => answeredQuestion(compiled, one, given, source.asOf));
  const files = answered.flatMap((one) => one.files).map(sheetFile);
  const items = shown.map((one, index) => itemOf(one, answered[index]!, files));
  return {
    ...headOf(source),
    isDraft: submission === null,
    madeAt: madeAt.toISOString(),
    submission,
    rounds: rounds.length > 1 || (rounds.length > 0 && !submission) ? roundsOf(compiled, rounds, own) : [],
    questions: items.length,
    answered: items.filter(({ isAnswered }) => isAnswered).length,
    sections: sectionsOf(compiled, shown, items),
    files,
  };
}

function sectionsOf(
  { questionnaire }: CompiledQuestionnaire,
  shown: readonly CompiledQuestion[],
  items: readonly AnsweredSheetItem[],
): AnswerSheet['sections'] {
  return questionnaire.sections
    .map(({ id, title }) => {
      const own = items.filter((_, index) => shown[index]?.sectionId === id);
      return { title, answered: own.filter(({ isAnswered }) => isAnswered).length, items: own };
    })
    .filter((section) => section.items.length > 0)
    .map((section, index) => ({ place: index + 1, ...section }));
}

/** A longer row would leave a hole in the page when it is kept together. */
const MOST_TOGETHER = 400;

function itemOf(
  { question }: CompiledQuestion,
  given: AnsweredQuestion,
  files: readonly SheetFile[],
): AnsweredSheetItem {
  const { isAnswered, lines, naReason, comment, conditional, plan, withheld } = given;
  const texts = [naReason, comment, conditional?.condition, plan?.measure, withheld, ...lines.map(({ ja }) => ja)];
  return {
    id: question.id,
    text: question.text,
    isAnswered,
    lines: lines.map(folded),
    naReason: foldedLines(naReason),
    comment: foldedLines(comment),
    withheld: foldedLines(withheld),
    plan: plan && { by: plan.by, measure: foldedLines(plan.measure) },
    conditional: conditional && {
      value: folded(answerText(question, conditional.value)),
      condition: foldedLines(conditional.condition),
    },
    files: files.filter(({ questionId }) => questionId === question.id).map(({ number, name }) => ({ number, name })),
    isList: lines.length > 1,
    isLong: texts.join('').length > MOST_TOGETHER,
  };
}

function folded({ ja, en }: Localized): Localized {
  return { ja: foldedLines(ja), en: foldedLines(en) };
}

function sheetFile(
  { name, size, sha256, subject, scanState }: AnsweredQuestion['files'][number],
  index: number,
): SheetFile {
  const record = Number(subject.split('#')[1] ?? 0);
  const isInfected = scanState === 'infected';
  return { number: index + 1, name, size, sha256, questionId: questionOf(subject), record, isInfected };
}

function roundsOf(
  compiled: CompiledQuestionnaire,
  rounds: readonly Round[],
  own: ReadonlySet<string>,
): readonly SheetRound[] {
  const ids = compiled.questions.map(({ question }) => question.id).filter((id) => own.has(id));
  return rounds.map((round) => {
    const before = rounds.find((one) => one.round === round.round - 1);
    const changed = before && compareRounds(ids, before.answers, round.answers).map(({ questionId }) => questionId);
    return { ...submissionOf(round), changed: changed ?? null };
  });
}

export function submissionOf({
  round,
  receiptNumber,
  submittedAt,
  attestation: { name, title, remark },
}: Pick<Round, 'round' | 'receiptNumber' | 'submittedAt' | 'attestation'>): Submission {
  return {
    ...{ round, receiptNumber, submittedAt: submittedAt.toISOString() },
    ...{ attestedBy: { name, title }, remark: foldedLines(remark ?? '') },
  };
}
