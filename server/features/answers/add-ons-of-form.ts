/** Reads the two parts under the options; a part left empty says that there is none. Paths start at the answer. */
import { calendarDay } from '../../domain/assessment/typed-input.ts';
import type { AnswerPlan, AnswerValue, ConditionalAnswer } from '../../domain/questionnaire/answer.ts';
import { type Problem, problem } from '../../domain/questionnaire/problem.ts';
import type { Question } from '../../domain/questionnaire/questionnaire.ts';
import {
  type AddOnForms,
  type ConditionalForm,
  isConditionalFilled,
  isPlanFilled,
  type PlanForm,
} from './add-on-form.ts';
import { cleanText } from './answer-input.ts';
import { type ReadValue, readNumber, unreadableDay } from './typed-values.ts';

/** Absent: the part was not on the page. */
export type AddOns = { plan?: AnswerPlan | null; conditional?: ConditionalAnswer | null };

export function readAddOns(question: Question, form: AddOnForms): { addOns: AddOns; problems: readonly Problem[] } {
  const addOns: AddOns = {};
  const problems: Problem[] = [];
  if (form.plan) {
    const read = readPlan(form.plan);
    if (read && 'path' in read) problems.push(read);
    else addOns.plan = read;
  }
  if (form.conditional) {
    const read = readConditional(question, form.conditional);
    if (read && 'path' in read) problems.push(read);
    else addOns.conditional = read;
  }
  return { addOns, problems };
}

/** An empty date stays empty, so that it is asked for where the other part is filled in. */
function readPlan(form: PlanForm): AnswerPlan | Problem | null {
  if (!isPlanFilled(form)) return null;
  const by = calendarDay(form.by);
  return by === null ? unreadableDay('/plan/by') : { by, measure: cleanText(form.measure).trim() };
}

function readConditional(question: Question, form: ConditionalForm): ConditionalAnswer | Problem | null {
  if (!isConditionalFilled(form)) return null;
  const read = conditionalValue(question, form);
  if ('problems' in read) return { ...read.problems[0]!, path: '/conditional/value' };
  return { value: read.value, condition: cleanText(form.condition).trim() };
}

function conditionalValue(question: Question, { choice, typed }: ConditionalForm): ReadValue {
  if (question.type === 'single') return { value: choice[0] ?? null };
  const isNone = question.none !== undefined && choice.includes('none');
  const said = choice.length + (typed.trim() === '' ? 0 : 1);
  if (isNone && said > 1) return { problems: [contradiction()] };
  if (isNone) return { value: 'none' };
  if (question.type === 'number') return readNumber(typed);
  const value: AnswerValue = choice.length > 0 ? [...choice] : null;
  return { value };
}

function contradiction(): Problem {
  return problem(
    '/conditional/value',
    '条件を満たす場合の回答に、同時に選べないものが選ばれています。どちらか一方だけを残してください。',
    'In the answer under the condition, these cannot be chosen together. Keep only one of them.',
  );
}
