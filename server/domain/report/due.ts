import { addDays, tokyoDate } from '../assessment/calendar.ts';
import type { Issue } from '../scoring/evaluation.ts';
import type { ReportInput } from './input.ts';

/** What the plan says, else the questionnaire's days for the severity from the day of issue; null: the next evaluation. */
export function dueOn(
  { corrections, questionnaire, issuedAt }: Pick<ReportInput, 'corrections' | 'questionnaire' | 'issuedAt'>,
  { ref, severity }: Issue,
): string | null {
  const agreed = corrections?.find((one) => one.ref === ref)?.dueOn;
  if (agreed) return agreed;
  const days = questionnaire.scoring.dueDays[severity];
  return days === undefined ? null : addDays(tokyoDate(new Date(issuedAt)), days);
}
