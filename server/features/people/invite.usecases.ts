import { randomUUID } from 'node:crypto';
import { sha256 } from '../../adapters/keys.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { AppError, type InvalidField, invalid } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { allowedDomains, isAllowedAddress } from '../assessments/allowed-domains.ts';
import { bumpPages } from '../assessments/assessment-state.usecases.ts';
import { readParties } from '../assessments/parties.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { type Change, changing, inForce, recordChange } from './as-owner.ts';
import { notAllowedHere } from './domain-words.ts';
import { type InvitationInput, type InvitedRole, partProblems, personProblems, scopeOf } from './invitation.input.ts';
import { requireMailAllowed, requireSeat } from './people.limits.ts';
import { mailInvitation } from './people.mails.ts';
import { addPerson, type Person } from './people.store.ts';

/** Two presses of one button within this time are one wish. */
const SAME_WISH_MS = 60_000;

/**
 * Gives a colleague a link of their own and mails it. Throws AppError 400 naming the fields (an address outside the allowed domains
 * among them), 409 `wrong_state` or `too_many_colleagues`, 429 `too_many_mails`.
 */
export async function inviteColleague(
  services: Services,
  principal: RespondentPrincipal,
  input: InvitationInput,
): Promise<void> {
  await changing(services, principal, 'respond.invite', async (change) => {
    const { db, assessment, people, now } = change;
    const problems = await problemsOf(change, input);
    const present = inForce(people).find(({ email }) => email.toLowerCase() === input.email.toLowerCase());
    if (present && problems.length === 0 && isSameWish(present, input, now)) return;
    if (present) problems.push(alreadyHere(present));
    if (problems.length > 0) throw invalid(mend, problems);
    requireSeat(change);
    await requireMailAllowed(change, input.email);
    const person = personOf(services, change, input);
    await addPerson(db, person);
    await bumpPages(db, assessment.organisationId, assessment.id);
    await mailInvitation(services, change, person, 'new');
    const { role, scope, dueOn } = person;
    await recordChange(change, principal, 'people.invited', { person, details: { role, scope, dueOn } });
  });
}

async function problemsOf({ db, assessment, now }: Change, input: InvitationInput): Promise<InvalidField[]> {
  const problems = personProblems(input);
  const domains = allowedDomains(assessment);
  if (!problems.some(({ path }) => path === 'email') && !isAllowedAddress(input.email, domains)) {
    const { customer, sender } = await readParties(db, assessment.organisationId, assessment.id);
    problems.push({ path: 'email', message: notAllowedHere(domains, customer, sender) });
  }
  if (input.role !== 'contributor') return problems;
  const bounds = { compiled: compiledSnapshot(assessment), today: tokyoDate(now), lastDay: assessment.dueOn };
  return [...problems, ...partProblems(input, bounds)];
}

function personOf({ keys }: Services, { assessment, me, now }: Change, input: InvitationInput): Person {
  const id = randomUUID();
  const isContributor = input.role === 'contributor';
  return {
    organisationId: assessment.organisationId,
    id,
    assessmentId: assessment.id,
    name: input.name,
    email: input.email,
    locale: input.locale === 'en' ? 'en' : 'ja',
    role: input.role as InvitedRole,
    scope: isContributor ? scopeOf(input, compiledSnapshot(assessment)) : null,
    dueOn: isContributor && input.dueOn ? input.dueOn : null,
    invitedBy: me.id,
    tokenHash: sha256(keys.linkToken(id)),
    revokedAt: null,
    createdAt: now,
  };
}

function isSameWish(present: Person, { name, role }: InvitationInput, now: Date): boolean {
  const isFresh = now.getTime() - present.createdAt.getTime() < SAME_WISH_MS;
  return isFresh && present.name === name && present.role === role;
}

function alreadyHere({ name, role }: Person): InvalidField {
  const isOwner = role === 'respondent';
  return {
    path: 'email',
    message: {
      ja: isOwner
        ? 'このアドレスは、回答の取りまとめを担当しているご本人のものです。'
        : `このアドレスの方（${name}さん）は、すでに招待されています。担当や役割を変えるときは、一覧からその方を選んでください。`,
      en: isOwner
        ? 'This is the address of whoever coordinates the answers.'
        : `${name} has already been invited at this address. To change the part, choose the person in the list.`,
    },
  };
}

const mend = { ja: '招待する方の入力内容を直してください。', en: 'Correct the details of the person you invite.' };

/** Whether a refusal belongs on the form, with everything typed kept. */
export function isAboutInvitation(error: unknown): error is AppError {
  if (!(error instanceof AppError)) return false;
  return error.status === 400 || error.code === 'too_many_colleagues' || error.code === 'too_many_mails';
}
