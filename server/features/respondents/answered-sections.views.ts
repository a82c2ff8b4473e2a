import { countsAsEvidence, hasExpired, type ScanCode, scanCode } from '../../domain/assessment/evidence-file.ts';
import type { Answer } from '../../domain/questionnaire/answer.ts';
import type { CompiledQuestion, CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';
import { answeredQuestion } from '../answers/answered-question.ts';
import type { CollectedAnswers } from '../answers/answers.usecases.ts';
import { openQuestions, questionHref } from './open-questions.ts';

export type AnsweredItem = {
  id: string;
  text: Localized;
  lines: readonly Localized[];
  naReason: string;
  comment: string;
  /** Condition, and plan where one counts: a line each. */
  addOns: readonly Localized[];
  /** Why proof exists but cannot be shared; '' when that is not claimed. */
  withheld: string;
  files: readonly { name: string; size: number; sha256: string; scan: ScanCode; expired: boolean }[];
  isAnswered: boolean;
  /** 証跡必須 and nothing attached yet. */
  lacksEvidence: boolean;
  changeHref: string;
};
export type AnsweredSection = { id: string; title: Localized; items: readonly AnsweredItem[] };

/**
 * Every question that applies (with `own`: of that part) with its answer as a person reads it, by section. A plan shows where it
 * counts at `asOf` (YYYY-MM-DD). Names each member that leaves: no score, no weight, nothing a reviewer wrote or decided.
 */
export function answeredSections(
  compiled: CompiledQuestionnaire,
  { answers, files, rows }: Pick<CollectedAnswers, 'answers' | 'files' | 'rows'>,
  asOf: string,
  own?: ReadonlySet<string>,
): AnsweredSection[] {
  const { shown } = openQuestions(compiled, answers, own);
  function itemOf(one: CompiledQuestion): AnsweredItem {
    const { id, text, evidence } = one.question;
    const given = answeredQuestion(compiled, one, { answers, files, rows }, asOf);
    const { lines, naReason, comment, addOns, withheld, isAnswered } = given;
    return {
      ...{ id, text, lines, naReason, comment, addOns, withheld, isAnswered },
      files: given.files.map((file) => ({
        ...{ name: file.name, size: file.size, sha256: file.sha256 },
        ...{ scan: scanCode(file), expired: hasExpired(file.expiresOn, asOf) },
      })),
      lacksEvidence:
        evidence.level === 'required' && !given.files.some(countsAsEvidence) && isAnswered && !isSilent(answers[id]),
      changeHref: questionHref(one, 'check'),
    };
  }
  return compiled.questionnaire.sections
    .map(({ id, title }) => ({
      id,
      title,
      items: shown.filter(({ sectionId }) => sectionId === id).map(itemOf),
    }))
    .filter(({ items }) => items.length > 0);
}

/** わからない and 該当なし need no evidence. */
function isSilent(answer: Answer | undefined): boolean {
  return answer?.value === 'unknown' || answer?.value === 'na';
}
