/** The two parts under the options of one question as the template shows them. Pure; tells nothing of scoring. */
import { formatDate, type Locale } from '../../adapters/template-helpers.ts';
import { takesCondition, takesPlan } from '../../domain/questionnaire/add-ons.ts';
import type { AnswerPlan } from '../../domain/questionnaire/answer.ts';
import type { Problem } from '../../domain/questionnaire/problem.ts';
import type { Localized, Question } from '../../domain/questionnaire/questionnaire.ts';
import { fallsShort } from '../../domain/scoring/falls-short.ts';
import type { Message } from '../../errors.ts';
import {
  type AddOnForms,
  type ConditionalForm,
  isConditionalFilled,
  isPlanFilled,
  type PlanForm,
} from './add-on-form.ts';
import type { OpenSection } from './open-section.usecases.ts';
import { type PageWords, wordsOf } from './page-words.ts';

type AddOnState = {
  question: Question;
  form: AddOnForms;
  stored: { plan: AnswerPlan | null } | undefined;
  problems: readonly Problem[];
  /** Whether the customer takes plans. */
  plans: boolean;
  /** Whether the stored answer leaves something to plan for; null: nothing is answered yet. */
  fallsShort: boolean | null;
};

/** The parts of a question of an open section, as stored or as typed. */
export function addOnsOf(
  { compiled, rows, answers, today, plans }: OpenSection,
  question: Question,
  form: AddOnForms,
  problems: readonly Problem[],
  locale: Locale,
) {
  const stored = rows.find(({ questionId }) => questionId === question.id);
  const asked = compiled.byId.get(question.id);
  const isAnswered = asked !== undefined && stored !== undefined && stored.value !== null;
  const short = isAnswered ? fallsShort(compiled, asked, answers[question.id], today) : null;
  return addOnsView({ question, form, stored, problems, plans, fallsShort: short }, locale);
}

/** Each part is null where the question, or the customer, takes none. */
function addOnsView(state: AddOnState, locale: Locale) {
  const { question, form, plans } = state;
  return {
    conditional: takesCondition(question) && form.conditional ? conditionalView(state, form.conditional, locale) : null,
    plan: plans && takesPlan(question) && form.plan ? planView(state, form.plan, locale) : null,
  };
}

function conditionalView({ question, problems }: AddOnState, form: ConditionalForm, locale: Locale) {
  const { id, type } = question;
  const valueError = messageAt(problems, '/conditional/value');
  const conditionError = messageAt(problems, '/conditional/condition');
  return {
    id: `${id}-conditional`,
    open: isConditionalFilled(form) || valueError !== null || conditionError !== null,
    isSingle: type === 'single',
    choices: conditionalChoices(question, form, locale),
    typed:
      type === 'number'
        ? {
            ...{ id: `${id}-conditionalTyped`, name: `${id}.conditionalTyped`, value: form.typed },
            unit: question.unit ? wordsOf(question.unit, locale) : null,
            inputmode: question.integer ? 'numeric' : 'decimal',
          }
        : null,
    valueError,
    condition: {
      ...{ id: `${id}-condition`, name: `${id}.condition`, value: form.condition, error: conditionError },
    },
  };
}

function conditionalChoices({ id, type, options = [], none }: Question, { choice }: ConditionalForm, locale: Locale) {
  const isRadio = type === 'single';
  const item = (value: string, label: PageWords) => ({
    id: `${id}-conditional-${value || 'absent'}`,
    name: `${id}.conditionalChoice`,
    input: isRadio ? 'radio' : 'checkbox',
    isRadio,
    value,
    label,
    checked: value === '' ? choice.length === 0 : choice.includes(value),
    alone: false,
    special: false,
  });
  const given = options.map(({ value, label }) => item(value, wordsOf(label, locale)));
  return [
    ...given,
    ...(none ? [item('none', wordsOf(none.label, locale))] : []),
    // A radio button cannot be taken back without scripts.
    ...(isRadio ? [item('', wordsOf(absent, locale))] : []),
  ];
}

/** `hidden` where nothing is left to plan for; what was filled in before stays in sight, with the reason why it does not count. */
function planView({ question, problems, stored, fallsShort }: AddOnState, form: PlanForm, locale: Locale) {
  const { id } = question;
  const filled = isPlanFilled(form);
  const [byError, measureError] = [messageAt(problems, '/plan/by'), messageAt(problems, '/plan/measure')];
  return {
    id: `${id}-plan`,
    open: filled || byError !== null || measureError !== null,
    offered: fallsShort === true,
    hidden: fallsShort === false && !filled,
    idle: fallsShort === false && filled,
    by: { id: `${id}-planBy`, name: `${id}.planBy`, value: form.by, error: byError },
    measure: { id: `${id}-planMeasure`, name: `${id}.planMeasure`, value: form.measure, error: measureError },
    understood: stored?.plan ? formatDate(stored.plan.by, locale) : null,
  };
}

function messageAt(problems: readonly Problem[], path: string): Message | null {
  return problems.find((one) => one.path === path || one.path.startsWith(`${path}/`))?.message ?? null;
}

const absent: Localized = { ja: '条件付きの回答はない', en: 'No conditional answer' };
