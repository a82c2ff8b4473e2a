import type { Transaction } from '../../../db/client.ts';
import { ownQuestions } from '../../domain/questionnaire/own-questions.ts';
import type { Services } from '../../services.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { calendarFor, cancellationFor } from '../assessments/calendar-entries.usecases.ts';
import { mayMailColleague } from '../assessments/colleague-mail-limit.ts';
import { listLinks, type RespondentLink } from '../assessments/links.store.ts';
import { linkAddress } from '../assessments/links.usecases.ts';
import { readParties } from '../assessments/parties.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import type { ReturnedQuestion } from './returns.store.ts';

type Kind = 'part-returned' | 'part-return-withdrawn';

/** Somebody the contact has invited, and the returned questions that are theirs. */
export type Affected = { person: RespondentLink; own: readonly ReturnedQuestion[] };

/**
 * Whose part is affected: contributors by the questions of their part, checkers and approvers, who read everything, by all of them
 * where the request takes their step. The contact has a letter of the customer's.
 */
export async function listAffected(
  db: Transaction,
  assessment: Assessment,
  returned: readonly ReturnedQuestion[],
): Promise<Affected[]> {
  const links = await listLinks(db, assessment.organisationId, assessment.id);
  return links
    .filter(({ revokedAt, role }) => !revokedAt && takesPart(role, assessment.approvalSteps))
    .map((person) => ({ person, own: ownOf(assessment, person, returned) }))
    .filter(({ own }) => own.length > 0);
}

/** One mail each, with the own questions and link; past the day's limit the page alone tells. */
export async function mailAffected(
  services: Services,
  db: Transaction,
  { assessment, round }: { assessment: Assessment; round: number },
  kind: Kind,
  affected: readonly Affected[],
): Promise<void> {
  for (const { person, own } of affected) {
    if (!(await mayMailColleague(db, assessment, person.email, services.clock.now()))) continue;
    await mailOne(services, db, { assessment, round, kind, person, own });
  }
}

function takesPart(role: RespondentLink['role'], steps: number): boolean {
  return role === 'contributor' || (role === 'checker' && steps >= 1) || (role === 'approver' && steps >= 2);
}

function ownOf(assessment: Assessment, { role, scope }: RespondentLink, returned: readonly ReturnedQuestion[]) {
  const own = ownQuestions(compiledSnapshot(assessment), role === 'contributor' ? scope : null);
  return returned.filter(({ questionId }) => own.has(questionId));
}

type One = Affected & { assessment: Assessment; round: number; kind: Kind };

async function mailOne(
  services: Services,
  db: Transaction,
  { assessment, round, kind, person, own }: One,
): Promise<void> {
  const { organisationId, id, contactName, contactEmail } = assessment;
  const { locale } = person;
  const { customer, vendor, service, reference } = await readParties(db, organisationId, id);
  const { byId } = compiledSnapshot(assessment);
  await services.mail.enqueue(db, organisationId, {
    assessmentId: id,
    kind,
    recipient: { email: person.email, name: person.name },
    locale,
    from: customer[locale],
    replyTo: { email: contactEmail, name: contactName },
    thread: [`request-${id}`],
    attachments: await calendarOf(services, db, assessment, { kind, person }),
    model: {
      ...{ reference, round, dueOn: assessment.dueOn, serviceName: service.name },
      ...{ customerName: customer[locale], vendorName: vendor[locale], contactName: person.name },
      ...{ ownerName: contactName, ownerEmail: contactEmail, link: linkAddress(services, person.id) },
      ...{ isContributor: person.role === 'contributor', isChecker: person.role === 'checker' },
      count: own.length,
      questions: own.map(({ questionId, reason }) => {
        const text = byId.get(questionId)?.question.text;
        return { id: questionId, reason, text: text?.[locale] || text?.ja || questionId };
      }),
    },
  });
}

/** A return does away with everybody's own date, so `person` still has the one that stands in their calendar. */
function calendarOf(
  services: Services,
  db: Transaction,
  assessment: Assessment,
  { kind, person }: { kind: Kind; person: RespondentLink },
) {
  return kind === 'part-returned'
    ? calendarFor(services, db, assessment, { ...person, dueOn: null }, person.dueOn)
    : cancellationFor(services, db, assessment, person);
}
