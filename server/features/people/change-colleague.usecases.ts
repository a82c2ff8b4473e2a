import type { LinkScope } from '../../../db/schema/respondents.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { conflict, invalid } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { bumpPages } from '../assessments/assessment-state.usecases.ts';
import { wasMailed } from '../assessments/colleague-mail-limit.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { changing, colleagueOf, recordChange } from './as-owner.ts';
import { type PartInput, partProblems, scopeOf } from './invitation.input.ts';
import { mailAllowed, requireMailAllowed } from './people.limits.ts';
import { mailInvitation } from './people.mails.ts';
import { changePerson } from './people.store.ts';

/** Two presses of one button within this time are one wish. */
const SAME_WISH_MS = 60_000;

/** Mails the same link again. Throws AppError 404, 409 `wrong_state`, 429 `too_many_mails`. */
export async function resendInvitation(services: Services, principal: RespondentPrincipal, id: string): Promise<void> {
  await changing(services, principal, 'respond.invite', async (change) => {
    const { db, assessment, now } = change;
    const person = colleagueOf(change, id);
    const lately = new Date(now.getTime() - SAME_WISH_MS);
    if (await wasMailed(db, assessment, { kind: 'contributor-invitation', email: person.email }, lately)) return;
    await requireMailAllowed(change, person.email);
    await mailInvitation(services, change, person, 'again');
    await recordChange(change, principal, 'people.resent', { person });
  });
}

/** Ends a colleague's access at once: the link, and every session opened with it. Throws AppError 404, 409 `wrong_state`. */
export async function revokeColleague(services: Services, principal: RespondentPrincipal, id: string): Promise<void> {
  await changing(services, principal, 'respond.invite', async (change) => {
    const { db, assessment, now } = change;
    const person = colleagueOf(change, id);
    await changePerson(db, person, { revokedAt: now });
    await bumpPages(db, assessment.organisationId, assessment.id);
    await recordChange(change, principal, 'people.revoked', { person, details: { role: person.role } });
  });
}

/** Gives a contributor another part or date, and tells them. Throws AppError 400, 404, 409 (`wrong_state`, `no_part`). */
export async function changePart(
  services: Services,
  principal: RespondentPrincipal,
  id: string,
  input: PartInput,
): Promise<void> {
  await changing(services, principal, 'respond.invite', async (change) => {
    const { db, assessment, now } = change;
    const person = colleagueOf(change, id);
    if (person.role !== 'contributor') throw noPart();
    const compiled = compiledSnapshot(assessment);
    const problems = partProblems(input, { compiled, today: tokyoDate(now), lastDay: assessment.dueOn });
    if (problems.length > 0) throw invalid({ ja: '担当範囲を直してください。', en: 'Correct the part.' }, problems);
    const scope = scopeOf(input, compiled);
    const dueOn = input.dueOn || null;
    if (sameScope(scope, person.scope) && dueOn === person.dueOn) return;
    await changePerson(db, person, { scope, dueOn });
    await bumpPages(db, assessment.organisationId, assessment.id);
    const from = { scope: person.scope, dueOn: person.dueOn };
    // Before the mail: the calendar entry in it counts the changes recorded so far.
    await recordChange(change, principal, 'people.partChanged', { person, details: { from, to: { scope, dueOn } } });
    if (await mailAllowed(change, person.email)) {
      await mailInvitation(services, change, { ...person, scope, dueOn }, 'changed', person.dueOn);
    }
  });
}

function sameScope(a: LinkScope | null, b: LinkScope | null): boolean {
  const told = (scope: LinkScope | null) =>
    scope && JSON.stringify([[...scope.sections].sort(), [...scope.questions].sort()]);
  return told(a) === told(b);
}

function noPart() {
  return conflict('no_part', {
    ja: '確認者・承認者はすべての回答を読むため、担当範囲はありません。役割を変えるときは、招待を取り消してから、あらためて招待してください。',
    en: 'Checkers and approvers read every answer, so they have no part. To change the role, revoke the invitation and invite the person again.',
  });
}
