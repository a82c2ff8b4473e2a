/** The two parts under the options as the page shows them: what holds under a condition, and what is planned. All as typed. */
import { takesCondition, takesPlan } from '../../domain/questionnaire/add-ons.ts';
import type { AnswerPlan, AnswerValue, ConditionalAnswer } from '../../domain/questionnaire/answer.ts';
import type { Question } from '../../domain/questionnaire/questionnaire.ts';

/** A part that was not on the page is null: what is stored of it stays. */
export type AddOnForms = { conditional: ConditionalForm | null; plan: PlanForm | null };
/** `choice` holds ticked options and `none`, `typed` a number; '' among the choices is "no conditional answer". */
export type ConditionalForm = { choice: readonly string[]; typed: string; condition: string };
export type PlanForm = { by: string; measure: string };

type Stored = { plan?: AnswerPlan | null; conditional?: ConditionalAnswer | null };

export function postedAddOns({ id }: Question, fields: ReadonlyMap<string, readonly string[]>): AddOnForms {
  const one = (control: string) => fields.get(`${id}.${control}`)?.[0] ?? '';
  const choice = (fields.get(`${id}.conditionalChoice`) ?? []).filter((value) => value !== '');
  return {
    conditional: fields.has(`${id}.condition`)
      ? { choice, typed: one('conditionalTyped'), condition: one('condition') }
      : null,
    plan: fields.has(`${id}.planMeasure`) ? { by: one('planBy'), measure: one('planMeasure') } : null,
  };
}

/** The stored parts as forms; null where the question takes none. */
export function storedAddOns(question: Question, { plan, conditional }: Stored): AddOnForms {
  return {
    conditional: takesCondition(question)
      ? { ...typedValue(conditional?.value ?? null), condition: conditional?.condition ?? '' }
      : null,
    plan: takesPlan(question) ? { by: plan?.by ?? '', measure: plan?.measure ?? '' } : null,
  };
}

export function isConditionalFilled({ choice, typed, condition }: ConditionalForm): boolean {
  return choice.length > 0 || typed.trim() !== '' || condition.trim() !== '';
}

export function isPlanFilled({ by, measure }: PlanForm): boolean {
  return by.trim() !== '' || measure.trim() !== '';
}

function typedValue(value: AnswerValue): Pick<ConditionalForm, 'choice' | 'typed'> {
  if (typeof value === 'number') return { choice: [], typed: typedNumber(value) };
  if (Array.isArray(value)) return { choice: value.filter((item) => typeof item === 'string'), typed: '' };
  return { choice: typeof value === 'string' && value !== '' ? [value] : [], typed: '' };
}

/** A number as the page shows it. */
export function typedNumber(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 10 });
}
