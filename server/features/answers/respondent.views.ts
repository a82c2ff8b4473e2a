/** What a respondent may read of its assessment: every member is named here, nothing is passed through. */
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import type { SectionProgress } from '../../domain/questionnaire/progress.ts';
import type { Question, Section } from '../../domain/questionnaire/questionnaire.ts';
import type { AssessmentView } from './answers.schemas.ts';
import type { SavedAnswer } from './save-answer.usecases.ts';
import type { SavedTyped } from './save-typed.usecases.ts';

export function savedAnswerOf({ revision, savedAt, shown, hidden, progress, advice }: SavedAnswer) {
  return {
    revision,
    savedAt: savedAt.toISOString(),
    shown: [...shown],
    hidden: [...hidden],
    progress: progressOf(progress),
    ...(advice ? { advice } : {}),
  };
}

/** The same for what was posted as typed on the page. */
export function typedAnswerOf({ was, understood, planUnderstood, offersPlan, ...saved }: SavedTyped) {
  return {
    ...savedAnswerOf(saved),
    was,
    offersPlan,
    ...(understood ? { understood } : {}),
    ...(planUnderstood ? { planUnderstood } : {}),
  };
}

export function progressOf(sections: readonly SectionProgress[]) {
  return {
    answered: sections.reduce((sum, { answered }) => sum + answered, 0),
    applicable: sections.reduce((sum, { applicable }) => sum + applicable, 0),
    sections: [...sections],
  };
}

/** The questions in `own`, and the sections that hold one. */
export function questionnaireOf(
  { questionnaire }: CompiledQuestionnaire,
  own: ReadonlySet<string>,
): AssessmentView['questionnaire'] {
  const { id, version, title, description, sections, certificateKinds = [] } = questionnaire;
  return {
    id,
    version,
    title,
    description,
    sections: sections.map((section) => sectionOf(section, own)).filter(({ questions }) => questions.length > 0),
    certificateKinds: certificateKinds.map(({ id, label }) => ({ id, label })),
  };
}

function sectionOf({ id, title, description, questions }: Section, own: ReadonlySet<string>) {
  return { id, title, description, questions: questions.filter((one) => own.has(one.id)).map(questionOf) };
}

function questionOf(question: Question): AssessmentView['questionnaire']['sections'][number]['questions'][number] {
  const { id, type, text, intent, example, unit, options, none, minimum, maximum, integer } = question;
  return {
    id,
    type,
    text,
    intent,
    example,
    unit,
    options: options?.map(({ value, label, exclusive }) => ({ value, label, exclusive })),
    none: none?.label,
    minimum,
    maximum,
    integer,
    certificateKinds: question.certificateKinds && [...question.certificateKinds],
    evidence: { level: question.evidence.level, hint: question.evidence.hint },
    notApplicable: question.notApplicable && { hint: question.notApplicable.hint },
  };
}
