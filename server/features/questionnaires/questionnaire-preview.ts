import type { CompiledQuestion } from '../../domain/questionnaire/compile.ts';
import type { CertificateKind, Localized, Question } from '../../domain/questionnaire/questionnaire.ts';
import type { PublishedQuestionnaire } from '../../services.ts';
import { headView } from './questionnaire-head.ts';

/** The questionnaire as its respondent reads it, all questions at once. Every member is named: no weight, no score, no finding. */
export function previewView(published: PublishedQuestionnaire) {
  const { questionnaire, questions } = published.compiled;
  const kinds = questionnaire.certificateKinds ?? [];
  return {
    questionnaire: headView(published),
    sections: questionnaire.sections.map(({ id, title, description }) => {
      const own = questions.filter(({ sectionId }) => sectionId === id);
      return {
        id,
        title,
        description: description ?? null,
        count: own.length,
        questions: own.map((question) => questionView(question, kinds)),
      };
    }),
  };
}

function questionView({ question, showWhen }: CompiledQuestion, kinds: readonly CertificateKind[]) {
  return {
    id: question.id,
    text: question.text,
    intent: question.intent ?? null,
    example: question.example ?? null,
    /** Questions whose answers decide whether this one is asked. */
    askedAfter: showWhen ? showWhen.dependsOn.map(({ question: { id } }) => id).join(', ') : null,
    answer: answerView(question, kinds),
    unknown: true,
    notApplicable: question.notApplicable ? { hint: question.notApplicable.hint ?? null } : null,
    evidence:
      question.evidence.level === 'none'
        ? null
        : { required: question.evidence.level === 'required', hint: question.evidence.hint ?? null },
  };
}

/** How it is answered: choices, or a field to fill in. */
function answerView(question: Question, kinds: readonly CertificateKind[]) {
  const { type } = question;
  const options = (question.options ?? []).map(({ label }) => label);
  return {
    typeKey: `questionnaires.type.${type}`,
    options: question.none && type === 'multi' ? [...options, question.none.label] : options,
    several: type === 'multi',
    unit: question.unit ?? null,
    none: type === 'multi' ? null : (question.none?.label ?? null),
    kinds: certificateLabels(question, kinds),
  };
}

function certificateLabels(question: Question, kinds: readonly CertificateKind[]): Localized[] {
  if (question.type !== 'certificates') return [];
  const wanted = question.certificateKinds;
  return kinds.filter(({ id }) => !wanted || wanted.includes(id)).map(({ label }) => label);
}
