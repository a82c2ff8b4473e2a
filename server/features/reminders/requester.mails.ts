import type { Transaction } from '../../../db/client.ts';
import { lastOpenDay } from '../../domain/assessment/states.ts';
import type { Services } from '../../services.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { listAnswerRows } from '../assessments/overview.store.ts';
import { readParties } from '../assessments/parties.ts';
import { progressOf } from '../assessments/progress.ts';
import { recordEvent, systemActor } from '../audit/audit.store.ts';
import { listReaders } from '../messages/messages.store.ts';

/** Tells the member who asked, or the owners in that member's place, that the date has passed without a submission: once a date. */
export async function tellRequester(services: Services, db: Transaction, assessment: Assessment): Promise<void> {
  const { organisationId, id, createdBy } = assessment;
  const { vendor, service, reference } = await readParties(db, organisationId, id);
  const { answered, applicable } = progressOf(services, assessment, await listAnswerRows(db, organisationId, [id]));
  for (const { name, email, locale } of await listReaders(db, organisationId, createdBy)) {
    await services.mail.enqueue(db, organisationId, {
      ...{ assessmentId: id, kind: 'not-submitted', recipient: { name, email }, locale },
      from: vendor[locale],
      thread: [`request-${id}`],
      model: {
        ...{ reference, memberName: name, vendorName: vendor[locale], serviceName: service.name },
        ...{ contactName: assessment.contactName, contactEmail: assessment.contactEmail },
        ...{ dueOn: assessment.dueOn, lastDay: lastOpenDay(assessment) },
        ...{ answered, applicable, isReturned: assessment.state === 'returned' },
        link: `${services.config.publicUrl}/assessments/${id}`,
      },
    });
    await recordEvent(db, {
      ...{ organisationId, assessmentId: id, at: services.clock.now(), actor: systemActor },
      ...{ action: 'assessment.overdueTold', subject: name },
      details: { dueOn: assessment.dueOn },
    });
  }
}
