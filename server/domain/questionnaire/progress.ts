/** How far a respondent has come. Hidden questions count nowhere; わからない and 該当なし are responses. */
import type { Answers } from './answer.ts';
import type { CompiledQuestion, CompiledQuestionnaire } from './compile.ts';
import type { Question } from './questionnaire.ts';
import { responded, shownToRespondent } from './visibility.ts';

export type SectionProgress = {
  readonly sectionId: string;
  /** Questions shown to the respondent. */
  readonly applicable: number;
  readonly answered: number;
  /** Of these, what a complete submission answers: everything scored or needed for the legal conclusion. */
  readonly required: number;
  readonly requiredAnswered: number;
};

/** Counts per section, in file order. `shown` spares finding out again what the respondent is shown. */
export function progress(
  compiled: CompiledQuestionnaire,
  answers: Answers,
  shown: ReadonlySet<string> = shownToRespondent(compiled, answers),
): readonly SectionProgress[] {
  return compiled.questionnaire.sections.map((section) => {
    const applicable = compiled.questions.filter(
      ({ sectionId, question }) => sectionId === section.id && shown.has(question.id),
    );
    const required = applicable.filter(({ question }) => isRequired(question));
    const isDone = (one: CompiledQuestion) => responded(one, answers[one.question.id]);
    return {
      sectionId: section.id,
      applicable: applicable.length,
      answered: applicable.filter(isDone).length,
      required: required.length,
      requiredAnswered: required.filter(isDone).length,
    };
  });
}

/** A question whose silence would be noted: scored, or a fact the legal conclusion rests on. */
export function isRequired(question: Question): boolean {
  return question.weight > 0 || question.legalFact === true;
}
