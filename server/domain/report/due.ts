import { nextDay } from '../questionnaire/calendar-date.ts';
import type { Issue } from '../scoring/evaluation.ts';
import type { ReportInput } from './input.ts';

const TOKYO_OFFSET_MS = 9 * 3_600_000;

/** Date in Asia/Tokyo of a moment, YYYY-MM-DD. */
function tokyoDateOf(moment: string): string {
  return new Date(Date.parse(moment) + TOKYO_OFFSET_MS).toISOString().slice(0, 10);
}

/** What the plan says, else the questionnaire's days for the severity from the day of issue; null: the next evaluation. */
export function dueOn(
  { corrections, questionnaire, issuedAt }: Pick<ReportInput, 'corrections' | 'questionnaire' | 'issuedAt'>,
  { ref, severity }: Issue,
): string | null {
  const agreed = corrections?.find((one) => one.ref === ref)?.dueOn;
  if (agreed) return agreed;
  const days = questionnaire.scoring.dueDays[severity];
  if (days === undefined) return null;
  let date = tokyoDateOf(issuedAt);
  for (let day = 0; day < days; day += 1) date = nextDay(date);
  return date;
}
