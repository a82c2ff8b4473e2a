import type { FastifyInstance, FastifyRequest } from 'fastify';
import { roleMay } from '../../domain/assessment/permissions.ts';
import type { InvalidField } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { attempt, formId, type PostedForm } from '../../plugins/forms.ts';
import { pageLinks } from '../../plugins/page-links.ts';
import type { Services } from '../../services.ts';
import { assessmentView } from './assessment.views.ts';
import { assessmentFromForm } from './assessments.input.ts';
import * as Schemas from './assessments.schemas.ts';
import { createAssessment } from './assessments.usecases.ts';
import { listRows, stateFilters } from './assessments.views.ts';
import { draftAsTyped, draftForm, freshDraft } from './draft.views.ts';
import { deleteDraft, listServiceChoices, readDraft, updateDraft } from './drafts.usecases.ts';
import { ASSESSMENTS_A_PAGE, listAssessments, readOverview } from './overview.usecases.ts';
import { readReminders } from './read-reminders.usecases.ts';
import { remindersView } from './reminders.views.ts';

type ListRoute = { Querystring: Schemas.ListQuery };
type NewRoute = { Querystring: Schemas.NewQuery };
type CreateRoute = { Body: PostedForm };
type Route = { Params: { id: string } };
type EditRoute = Route & CreateRoute;

/** Assessments: the list, one page each, and drafts. */
export async function assessmentPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const view = { action: 'assessments.view' } as const;
  const create = { action: 'assessments.create' } as const;
  const edit = { action: 'assessments.edit' } as const;
  const params = Schemas.Params;
  const querystring = Schemas.ShownQuery;

  app.get<ListRoute>(
    '/assessments',
    { config: view, schema: { querystring: Schemas.ListQuery } },
    async (request, reply) => reply.page('assessments/list', await listPage(services, request)),
  );

  app.get<NewRoute>(
    '/assessments/new',
    { config: create, schema: { querystring: Schemas.NewQuery } },
    async (request, reply) => {
      const { now, questionnaires } = present(services);
      const typed = freshDraft(now, questionnaires, request.query.service ?? '');
      return reply.page('assessments/edit', await draftPage(services, request, null, typed));
    },
  );

  app.post<CreateRoute>(
    '/assessments',
    { config: create, schema: { body: Schemas.DraftForm } },
    async (request, reply) => {
      const typed = { ...request.body, id: formId(request.body) };
      const input = assessmentFromForm(typed);
      const outcome = await attempt(() => createAssessment(services, memberOf(request), typed.id, input));
      if ('value' in outcome) return reply.redirect(`/assessments/${typed.id}/sending?done=assessments.saved`, 303);
      return reply
        .status(400)
        .page('assessments/edit', await draftPage(services, request, null, typed, outcome.problems));
    },
  );

  app.get<Route>('/assessments/:id', { config: view, schema: { params, querystring } }, async (request, reply) => {
    const read = await readOverview(services, memberOf(request), request.params.id);
    const contact = await readReminders(services, memberOf(request), read.assessment);
    const now = services.clock.now();
    const page = assessmentView(read, memberOf(request).role, now);
    return reply.page('assessments/show', { ...page, reminders: remindersView(read, contact, now) });
  });

  app.get<Route>('/assessments/:id/edit', { config: edit, schema: { params, querystring } }, async (request, reply) => {
    const draft = await readDraft(services, memberOf(request), request.params.id);
    return reply.page('assessments/edit', await draftPage(services, request, draft.id, draftAsTyped(draft)));
  });

  app.post<EditRoute>(
    '/assessments/:id',
    { config: edit, schema: { params, body: Schemas.DraftForm } },
    async (request, reply) => {
      const { id } = request.params;
      const outcome = await attempt(() =>
        updateDraft(services, memberOf(request), id, assessmentFromForm(request.body)),
      );
      if ('value' in outcome) return reply.redirect(`/assessments/${id}/sending?done=assessments.saved`, 303);
      const page = await draftPage(services, request, id, { ...request.body, id }, outcome.problems);
      return reply.status(400).page('assessments/edit', page);
    },
  );

  app.post<Route>(
    '/assessments/:id/deletion',
    { config: { action: 'assessments.delete' }, schema: { params, body: Schemas.NoForm } },
    async (request, reply) => {
      await deleteDraft(services, memberOf(request), request.params.id);
      return reply.redirect('/assessments?done=assessments.deleted', 303);
    },
  );
}

async function listPage(services: Services, request: FastifyRequest<ListRoute>) {
  const { state = null, page = '1' } = request.query;
  const found = await listAssessments(services, memberOf(request), { state, page: Number(page) });
  const filters = stateFilters(found, state);
  const total = state === null ? filters.total : (found.counts.get(state) ?? 0);
  return {
    ...filters,
    state,
    assessments: listRows(found, services.clock.now()),
    mayCreate: roleMay(memberOf(request).role, 'assessments.create'),
    ...pageLinks('/assessments', state === null ? {} : { state }, Number(page), total, ASSESSMENTS_A_PAGE),
  };
}

/** `draftId` is null for a draft that is not kept yet. */
async function draftPage(
  services: Services,
  request: FastifyRequest,
  draftId: string | null,
  typed: PostedForm,
  problems: readonly InvalidField[] = [],
) {
  const choices = { ...present(services), services: await listServiceChoices(services, memberOf(request)) };
  return {
    titleKey: draftId === null ? 'assessments.newTitle' : 'assessments.editTitle',
    action: draftId === null ? '/assessments' : `/assessments/${draftId}`,
    back: draftId === null ? '/assessments' : `/assessments/${draftId}`,
    hasServices: choices.services.length > 0,
    ...draftForm(choices, typed, problems),
  };
}

function present({ clock, questionnaires }: Services) {
  return { now: clock.now(), questionnaires: questionnaires.list() };
}
