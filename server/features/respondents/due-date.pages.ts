import type { FastifyInstance } from 'fastify';
import { respondentOf } from '../../plugins/access.ts';
import { sendFile } from '../../plugins/send-file.ts';
import type { Services } from '../../services.ts';
import { attachmentOf, eventFor } from '../assessments/calendar-entries.usecases.ts';
import { CALENDAR_TYPE } from '../assessments/due-date-event.ts';
import { type OpenRequest, openRequest } from './open-request.usecases.ts';

/** The due date as a file for the reader's calendar: that of the request, or a colleague's own earlier one. */
export async function dueDatePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get('/respond/due-date.ics', { config: { action: 'respond.view' } }, async (request, reply) => {
    const open = await openRequest(services, respondentOf(request));
    const { assessment } = open;
    const reader = { ...readerOf(open), locale: request.locale };
    const { name, content } = await services.database.inOrganisation(assessment.organisationId, async (db) =>
      attachmentOf(await eventFor(services, db, assessment, reader)),
    );
    return sendFile(reply, CALENDAR_TYPE, { name, bytes: content });
  });
}

function readerOf({ people, me }: OpenRequest): { id: string; dueOn: string | null } {
  return { id: me.linkId, dueOn: people.find(({ id }) => id === me.linkId)?.dueOn ?? null };
}
