import type { FastifyInstance } from 'fastify';
import { respondentOf } from '../../plugins/access.ts';
import type { Services } from '../../services.ts';
import { readSequence } from '../assessments/due-date-event.store.ts';
import { CALENDAR_TYPE, calendarFileName, dueDateCalendar } from '../assessments/due-date-event.ts';
import { type OpenRequest, openRequest } from './open-request.usecases.ts';

/** The due date as a file for the reader's calendar: that of the request, or a colleague's own earlier one. */
export async function dueDatePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get('/respond/due-date.ics', { config: { action: 'respond.view' } }, async (request, reply) => {
    const open = await openRequest(services, respondentOf(request));
    const { organisationId, id, reference } = open.assessment;
    const sequence = await services.database.inOrganisation(organisationId, (db) =>
      readSequence(db, organisationId, id),
    );
    const { locale } = request;
    const customerName = open.parties.customer[locale];
    const calendar = dueDateCalendar({
      ...entryOf(open),
      host: new URL(services.config.publicUrl).hostname,
      sequence,
      writtenAt: services.clock.now(),
      isCancelled: false,
      locale,
      reference,
      customerName,
      serviceName: open.parties.service.name,
      organiser: { name: customerName, email: open.parties.sender.email },
    });
    return reply
      .type(CALENDAR_TYPE)
      .header('content-disposition', `attachment; filename="${calendarFileName(reference)}"`)
      .header('cache-control', 'no-store')
      .send(calendar);
  });
}

/** A date of one's own is an entry of one's own; the request's is the one the mails keep up to date. */
function entryOf({ assessment, people, me }: OpenRequest): { id: string; dueOn: string } {
  const own = people.find(({ id }) => id === me.linkId)?.dueOn;
  return own ? { id: `${assessment.id}-${me.linkId}`, dueOn: own } : { id: assessment.id, dueOn: assessment.dueOn };
}
