import type { FastifyInstance } from 'fastify';
import { type InvalidField, notFound } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { attempt, choicesOf, fieldsOf, type PostedForm } from '../../plugins/forms.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readHead } from './assessment-head.ts';
import { contactFromForm } from './assessments.input.ts';
import * as Schemas from './assessments.schemas.ts';
import { localeChoices } from './draft.views.ts';
import { changeContact, revokeLink, showLink } from './links.usecases.ts';
import { findProposal } from './vendor-words.store.ts';

type Route = { Params: { id: string } };
type FormRoute = Route & { Body: PostedForm };

/** The vendor's way in: shown on demand, closed, or given to somebody else. */
export async function linkPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const edit = { action: 'links.edit' } as const;
  const press = { params: Schemas.Params, body: Schemas.NoForm };

  // Answers the POST itself: a GET could be repeated without a trace, and every look at the link is recorded.
  app.post<Route>(
    '/assessments/:id/link-display',
    { config: { action: 'links.view' }, schema: press },
    async (request, reply) => {
      const { id } = request.params;
      const link = await showLink(services, memberOf(request), id);
      const { head } = await readHead(services, memberOf(request), id);
      return reply.page('assessments/link', { ...head, link });
    },
  );

  app.post<Route>('/assessments/:id/link-revocation', { config: edit, schema: press }, async (request, reply) => {
    await revokeLink(services, memberOf(request), request.params.id);
    return reply.redirect(`/assessments/${request.params.id}?done=assessments.linkRevoked`, 303);
  });

  app.get<Route & { Querystring: { proposal?: string } }>(
    '/assessments/:id/contact',
    { config: edit, schema: { params: Schemas.Params, querystring: Schemas.ContactQuery } },
    async (request, reply) => {
      const { id } = request.params;
      const typed = await proposed(services, memberOf(request), id, request.query.proposal ?? '');
      return reply.page('assessments/contact', await contactPage(services, memberOf(request), id, typed));
    },
  );

  app.post<FormRoute>(
    '/assessments/:id/contact',
    { config: edit, schema: { params: Schemas.Params, body: Schemas.ContactForm } },
    async (request, reply) => {
      const { id } = request.params;
      const input = contactFromForm(request.body);
      const outcome = await attempt(() => changeContact(services, memberOf(request), id, input));
      if ('value' in outcome) return reply.redirect(`/assessments/${id}?done=assessments.contactChanged`, 303);
      const page = await contactPage(services, memberOf(request), id, request.body, outcome.problems);
      return reply.status(400).page('assessments/contact', page);
    },
  );
}

/** The contact the vendor has named, as if somebody had typed it. */
async function proposed(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  messageId: string,
): Promise<PostedForm | undefined> {
  if (messageId === '') return undefined;
  const { assessment } = await readHead(services, principal, id);
  const found = await services.database.inOrganisation(principal.organisationId, (db) =>
    findProposal(db, principal.organisationId, id, messageId),
  );
  if (!found) throw notFound();
  return { contactName: found.name, contactEmail: found.email, contactLocale: assessment.contactLocale };
}

async function contactPage(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  posted?: PostedForm,
  problems: readonly InvalidField[] = [],
) {
  const { head, assessment } = await readHead(services, principal, id);
  const typed = posted ?? { contactLocale: assessment.contactLocale };
  const fields = {
    ...fieldsOf(['contactName', 'contactEmail'], typed, problems),
    contactLocale: choicesOf('contactLocale', localeChoices, typed, problems),
  };
  return { ...head, fields, errors: problems };
}
