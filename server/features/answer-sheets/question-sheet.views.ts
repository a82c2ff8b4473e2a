import type { CompiledQuestion, CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { conditionWords } from '../../domain/questionnaire/condition-words.ts';
import { ownQuestions } from '../../domain/questionnaire/own-questions.ts';
import type { Localized, Question } from '../../domain/questionnaire/questionnaire.ts';
import type { QuestionSheet, QuestionSheetItem } from '../../domain/sheets/sheets.ts';
import { headOf, type SheetSource } from './sheet-head.ts';

/** All questions of a person's part, to read and to pass round: those that depend on others say on what. */
export function questionSheet(source: SheetSource & { dueOn: string; madeAt: Date }): QuestionSheet {
  const { compiled, parties, scope, dueOn, madeAt } = source;
  const own = ownQuestions(compiled, scope);
  const questions = compiled.questions.filter(({ question }) => own.has(question.id));
  const { name, title, email } = parties.sender;
  return {
    ...headOf(source),
    madeAt: madeAt.toISOString(),
    dueOn,
    contact: { name: [title, name].filter(Boolean).join(' '), email },
    questions: questions.length,
    conditional: questions.filter(({ showWhen }) => showWhen !== null).length,
    sections: compiled.questionnaire.sections
      .map(({ id, title: heading, description }) => ({
        title: heading,
        description: description ?? null,
        items: questions.filter(({ sectionId }) => sectionId === id).map((one) => itemOf(compiled, one, own)),
      }))
      .filter(({ items }) => items.length > 0)
      .map((section, index) => ({ place: index + 1, ...section })),
  };
}

function itemOf(compiled: CompiledQuestionnaire, one: CompiledQuestion, own: ReadonlySet<string>): QuestionSheetItem {
  const { id, type, text, intent, example, unit, evidence, notApplicable } = one.question;
  return {
    ...{ id, text, intent: intent ?? null, example: example ?? null, unit: unit ?? null },
    condition: conditionWords(compiled, one, own),
    form: `form.${type}`,
    choices: choicesOf(compiled, one.question),
    takesNa: notApplicable !== undefined,
    naHint: notApplicable?.hint ?? null,
    evidence: `evidence.${evidence.level}`,
    evidenceHint: evidence.hint ?? null,
  };
}

function choicesOf(
  { questionnaire }: CompiledQuestionnaire,
  { type, options, none, certificateKinds }: Question,
): Localized[] {
  if (type === 'certificates') {
    const kinds = questionnaire.certificateKinds ?? [];
    return kinds.filter(({ id }) => certificateKinds?.includes(id) ?? true).map(({ label }) => label);
  }
  return [...(options ?? []), ...(none ? [none] : [])].map(({ label }) => label);
}
