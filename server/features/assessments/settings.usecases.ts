import type { AssessmentSettings } from '../../../db/schema/assessments.ts';
import { emailDomains, MAX_DOMAINS } from '../../domain/assessment/email-domains.ts';
import { wholeNumber } from '../../domain/assessment/typed-input.ts';
import { type InvalidField, invalid } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { problem } from '../vendors/vendors.input.ts';
import { bumpPages, lockAssessment, requireAllowed } from './assessment-state.usecases.ts';
import { changeAssessment } from './assessments.store.ts';
import { passOverMissed } from './reminders.ts';

/** Older answers say little about today's service. */
export const MAX_PREFILL_MONTHS = 60;

/** As the form holds them: everything typed is text. */
export type TypedSettings = {
  advice: boolean;
  plans: boolean;
  reminders: boolean;
  prefillMonths: string;
  emailDomains: string;
};

/**
 * Changes what the vendor may do with the request, and what it is told by itself, until it is submitted. Throws AppError 400 with the fields to mend, 409
 * `wrong_state`. The trail says from what to what.
 */
export async function saveSettings(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  typed: TypedSettings,
): Promise<void> {
  const { organisationId } = principal;
  const at = services.clock.now();
  const to = readSettings(typed);
  await services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, id);
    requireAllowed('assessments.settings', assessment, at);
    const changed = changes(assessment.settings, to);
    if (Object.keys(changed).length === 0) return;
    await changeAssessment(db, assessment, { settings: to });
    if (changed.reminders && to.reminders) await passOverMissed(db, assessment, at);
    await bumpPages(db, organisationId, id);
    await recordEvent(db, {
      ...{ organisationId, assessmentId: id, at, actor: actorOf(principal) },
      action: 'settings.changed',
      details: changed,
    });
  });
}

function readSettings({ advice, plans, reminders, ...typed }: TypedSettings): AssessmentSettings {
  const { domains, wrong } = emailDomains(typed.emailDomains);
  const prefillMonths = wholeNumber(typed.prefillMonths.replace(/(か|ヶ|カ|ケ|箇)?月$/, '')) ?? 0;
  const problems = [...monthProblems(prefillMonths), ...domainProblems(domains, wrong)];
  if (problems.length > 0) {
    throw invalid({ ja: '設定の内容を直してください。', en: 'Correct the settings.' }, problems);
  }
  return { advice, plans, reminders, prefillMonths, emailDomains: domains };
}

function monthProblems(months: number): InvalidField[] {
  if (Number.isInteger(months) && months <= MAX_PREFILL_MONTHS) return [];
  return [
    problem(
      'prefillMonths',
      `月数は0〜${MAX_PREFILL_MONTHS}の整数で入力してください。0にすると、前回の回答を示しません。`,
      `Enter the months as a whole number from 0 to ${MAX_PREFILL_MONTHS}. With 0, no earlier answers are offered.`,
    ),
  ];
}

function domainProblems(domains: readonly string[], wrong: readonly string[]): InvalidField[] {
  if (wrong.length > 0) {
    const named = wrong.slice(0, 5).map((word) => word.slice(0, 60));
    return [
      problem(
        'emailDomains',
        `「${named.join('」「')}」はドメイン名として読み取れません。example.co.jp のように、@より後ろの部分を入力してください。`,
        `“${named.join('”, “')}” is not a domain name. Enter the part after the @, like example.com.`,
      ),
    ];
  }
  if (domains.length <= MAX_DOMAINS) return [];
  return [
    problem(
      'emailDomains',
      `ドメインは${MAX_DOMAINS}件以内にしてください（現在${domains.length}件）。`,
      `Give at most ${MAX_DOMAINS} domains (now ${domains.length}).`,
    ),
  ];
}

/** Setting to `{from, to}`, for those that differ. */
function changes(from: AssessmentSettings, to: AssessmentSettings): Record<string, { from: unknown; to: unknown }> {
  const names = Object.keys(to) as (keyof AssessmentSettings)[];
  const differing = names.filter((name) => JSON.stringify(from[name]) !== JSON.stringify(to[name]));
  return Object.fromEntries(differing.map((name) => [name, { from: from[name], to: to[name] }]));
}
