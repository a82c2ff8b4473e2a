import { type RespondentRules, respondentRules } from '../../domain/questionnaire/respondent-rules.ts';
import type { OpenSection } from './open-section.usecases.ts';
import { isAsked } from './returned.views.ts';

type Needed = Pick<OpenSection, 'compiled' | 'section' | 'answers' | 'shown' | 'own' | 'returned'>;

/**
 * What the page's script needs to show and hide questions by itself. Nothing a person may not read is in it: a condition that rests
 * on an answer outside the person's part, or says more than the script understands, is `settled` by the server, with this page and again with every save.
 */
export function pageRules(open: Needed, one: string | null) {
  const { compiled, own, section } = open;
  const { variables, questions } = respondentRules(compiled);
  const known = questions.filter(
    (one) => one.holds !== null && [one.questionId, ...one.dependsOn].every((id) => own.has(id)),
  );
  const read = new Set(known.flatMap(({ dependsOn }) => dependsOn));
  const here = new Set(section.questions.map(({ id }) => id));
  return {
    rules: { variables: variables.filter(({ questionId }) => read.has(questionId)), questions: known.map(pageRule) },
    settled: questions.filter((one) => here.has(one.questionId) && !known.includes(one)).map((one) => one.questionId),
    answers: foreignValues(open, read, one),
  };
}

function pageRule({ questionId, dependsOn, holds }: RespondentRules['questions'][number]) {
  return { questionId, dependsOn, holds };
}

/** Answers that cannot be given on this page, of other sections, not returned or beside the one question shown, on which conditions of it rest. */
function foreignValues(open: Needed, read: ReadonlySet<string>, one: string | null) {
  const { compiled, section, answers, shown } = open;
  const isHere = (id: string) =>
    one === null ? compiled.byId.get(id)?.sectionId === section.id && isAsked(open, id) : id === one;
  const foreign = [...read].filter((id) => !isHere(id));
  return Object.fromEntries(foreign.map((id) => [id, { value: answers[id]?.value ?? null, shown: shown.has(id) }]));
}
