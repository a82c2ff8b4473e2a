import type { CompiledQuestion } from '../../domain/questionnaire/compile.ts';
import type { OpenRequest } from './open-request.usecases.ts';
import { requestView } from './request.views.ts';

/** All questions on one page, to print and to hand round inside the company. Names each member that leaves. */
export function previewView(request: OpenRequest) {
  const { compiled } = request;
  return {
    request: requestView(request),
    questions: compiled.questions.length,
    sections: compiled.questionnaire.sections.map(({ id, title, description }, index) => ({
      place: index + 1,
      title,
      description: description ?? null,
      questions: compiled.questions.filter(({ sectionId }) => sectionId === id).map(questionView),
    })),
  };
}

function questionView({ question, showWhen }: CompiledQuestion) {
  const { id, type, text, intent, example, unit, options, none, evidence, notApplicable } = question;
  return {
    id,
    text,
    intent: intent ?? null,
    example: example ?? null,
    unit: unit ?? null,
    form: `preview.form.${type}`,
    choices: [...(options ?? []).map(({ label }) => label), ...(none ? [none.label] : [])],
    isConditional: showWhen !== null,
    takesNa: notApplicable !== undefined,
    naHint: notApplicable?.hint ?? null,
    needsEvidence: evidence.level === 'required',
    wantsEvidence: evidence.level === 'recommended',
    noEvidence: evidence.level === 'none',
    evidenceHint: evidence.hint ?? null,
  };
}
