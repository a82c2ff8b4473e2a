import { checked } from '../questionnaire/checked-rule.ts';
import type { FindingStatus, Questionnaire } from '../questionnaire/questionnaire.ts';
import { environmentFor } from '../questionnaire/rule-language.ts';
import type { DutyAnswer } from './input.ts';

/**
 * What the customer's answers about its own duties come to, by the questionnaire's rules, first match; null when nothing
 * was answered. A duty that was asked but not answered counts as not yet done.
 */
export function dutyStatus(
  questionnaire: Questionnaire,
  answers: Readonly<Record<string, DutyAnswer>>,
  asked: readonly string[],
  legalCode: string | null,
): FindingStatus | null {
  const rules = questionnaire.customerDuties?.rules ?? [];
  if (!asked.some((id) => answers[id] !== undefined)) return null;
  const environment = environmentFor(questionnaire, 'duty');
  const duties = new Map(asked.map((id) => [id, answers[id] ?? 'notYet']));
  const scope = { duties, legalCode: legalCode ?? '' };
  const holds = (when: string) => checked<boolean>(environment, when, 'bool')(scope);
  return rules.find((rule) => rule.when === undefined || holds(rule.when))?.status ?? null;
}
