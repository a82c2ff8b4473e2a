import type { CompiledQuestion } from '../../domain/questionnaire/compile.ts';
import type { OpenRequest } from './open-request.usecases.ts';
import { requestView } from './request.views.ts';

/** All questions of a person's part on one page, to print and to hand round inside the company. Names each member that leaves. */
export function previewView(request: OpenRequest) {
  const { compiled, own } = request;
  const questions = compiled.questions.filter(({ question }) => own.has(question.id));
  return {
    request: requestView(request),
    questions: questions.length,
    sections: compiled.questionnaire.sections
      .map(({ id, title, description }, index) => ({
        place: index + 1,
        title,
        description: description ?? null,
        questions: questions.filter(({ sectionId }) => sectionId === id).map(questionView),
      }))
      .filter((section) => section.questions.length > 0),
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
