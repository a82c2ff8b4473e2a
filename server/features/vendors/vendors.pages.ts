import type { FastifyInstance } from 'fastify';
import { roleMay } from '../../domain/assessment/permissions.ts';
import { memberOf } from '../../plugins/access.ts';
import { attempt, fieldsOf, formId, type PostedForm } from '../../plugins/forms.ts';
import { pageLinks } from '../../plugins/page-links.ts';
import type { Services } from '../../services.ts';
import { vendorFields, vendorFromForm } from './vendors.input.ts';
import * as Schemas from './vendors.schemas.ts';
import { createVendor, listVendors, readVendor, updateVendor, VENDORS_A_PAGE } from './vendors.usecases.ts';
import { editVendorPage, newVendorPage, vendorRows, vendorView } from './vendors.views.ts';

type ListRoute = { Querystring: Schemas.PageQuery };
type VendorRoute = { Params: { id: string } };
type NewRoute = { Body: PostedForm };
type EditRoute = VendorRoute & NewRoute;

/** The register of vendors: list, page, form. */
export async function vendorPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const view = { action: 'vendors.view' } as const;
  const edit = { action: 'vendors.edit' } as const;
  const params = Schemas.VendorParams;

  app.get<ListRoute>(
    '/vendors',
    { config: view, schema: { querystring: Schemas.PageQuery } },
    async (request, reply) => {
      const search = (request.query.q ?? '').trim();
      const page = Number(request.query.page ?? '1');
      const found = await listVendors(services, memberOf(request), { search, page });
      return reply.page('vendors/list', {
        search,
        fields: fieldsOf(['q'], { q: search }),
        total: found.total,
        vendors: vendorRows(found, services.clock.now()),
        mayEdit: roleMay(memberOf(request).role, 'vendors.edit'),
        ...pageLinks('/vendors', search === '' ? {} : { q: search }, page, found.total, VENDORS_A_PAGE),
      });
    },
  );

  app.get('/vendors/new', { config: edit, schema: { querystring: Schemas.ShownQuery } }, async (_request, reply) =>
    reply.page('vendors/edit', newVendorPage({})),
  );

  app.post<NewRoute>('/vendors', { config: edit, schema: { body: Schemas.VendorForm } }, async (request, reply) => {
    const typed = { ...request.body, id: formId(request.body) };
    const outcome = await attempt(() =>
      createVendor(services, memberOf(request), typed.id, vendorFromForm(request.body)),
    );
    if ('value' in outcome) return reply.redirect(`/vendors/${outcome.value}?done=vendors.created`, 303);
    return reply.status(400).page('vendors/edit', newVendorPage(typed, outcome.problems));
  });

  app.get<VendorRoute>(
    '/vendors/:id',
    { config: view, schema: { params, querystring: Schemas.ShownQuery } },
    async (request, reply) => {
      const read = await readVendor(services, memberOf(request), request.params.id);
      const mayEdit = roleMay(memberOf(request).role, 'vendors.edit');
      return reply.page('vendors/show', { ...vendorView(read, services.clock.now()), mayEdit });
    },
  );

  app.get<VendorRoute>(
    '/vendors/:id/edit',
    { config: edit, schema: { params, querystring: Schemas.ShownQuery } },
    async (request, reply) => {
      const { vendor } = await readVendor(services, memberOf(request), request.params.id);
      const typed = Object.fromEntries(vendorFields.map((field) => [field, vendor[field] ?? '']));
      return reply.page('vendors/edit', editVendorPage(vendor.id, typed));
    },
  );

  app.post<EditRoute>(
    '/vendors/:id',
    { config: edit, schema: { params, body: Schemas.VendorForm } },
    async (request, reply) => {
      const { id } = request.params;
      const outcome = await attempt(() => updateVendor(services, memberOf(request), id, vendorFromForm(request.body)));
      if ('value' in outcome) return reply.redirect(`/vendors/${id}?done=vendors.saved`, 303);
      return reply.status(400).page('vendors/edit', editVendorPage(id, request.body, outcome.problems));
    },
  );
}
