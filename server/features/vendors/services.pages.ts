import type { FastifyInstance } from 'fastify';
import { memberOf } from '../../plugins/access.ts';
import { attempt, formId, type PostedForm } from '../../plugins/forms.ts';
import type { Services } from '../../services.ts';
import { serviceFromForm } from './services.input.ts';
import { createService, readService, updateService } from './services.usecases.ts';
import { editServicePage, newServicePage, serviceAsTyped, serviceFormView } from './services.views.ts';
import * as Schemas from './vendors.schemas.ts';
import { readVendor } from './vendors.usecases.ts';

type VendorRoute = { Params: { id: string } };
type NewRoute = VendorRoute & { Body: PostedForm };
type ServiceRoute = { Params: { id: string; serviceId: string } };
type EditRoute = ServiceRoute & { Body: PostedForm };

/** Services of a vendor: what the customer entrusts to it. */
export async function servicePages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const config = { action: 'vendors.edit' } as const;

  app.get<VendorRoute>(
    '/vendors/:id/services/new',
    { config, schema: { params: Schemas.VendorParams, querystring: Schemas.ShownQuery } },
    async (request, reply) => {
      const { vendor } = await readVendor(services, memberOf(request), request.params.id);
      const form = serviceFormView({});
      return reply.page('vendors/service', newServicePage(vendor, form));
    },
  );

  app.post<NewRoute>(
    '/vendors/:id/services',
    { config, schema: { params: Schemas.VendorParams, body: Schemas.ServiceForm } },
    async (request, reply) => {
      const { id } = request.params;
      const typed = { ...request.body, id: formId(request.body) };
      const outcome = await attempt(() =>
        createService(services, memberOf(request), id, typed.id, serviceFromForm(request.body)),
      );
      if ('value' in outcome) return reply.redirect(`/vendors/${id}?done=services.saved#service-${outcome.value}`, 303);
      const { vendor } = await readVendor(services, memberOf(request), id);
      const form = serviceFormView(typed, outcome.problems);
      return reply.status(400).page('vendors/service', newServicePage(vendor, form));
    },
  );

  app.get<ServiceRoute>(
    '/vendors/:id/services/:serviceId/edit',
    { config, schema: { params: Schemas.ServiceParams, querystring: Schemas.ShownQuery } },
    async (request, reply) => {
      const { id, serviceId } = request.params;
      const { vendor, service } = await readService(services, memberOf(request), id, serviceId);
      const form = serviceFormView(serviceAsTyped(service));
      return reply.page('vendors/service', editServicePage(vendor, service, form));
    },
  );

  app.post<EditRoute>(
    '/vendors/:id/services/:serviceId',
    { config, schema: { params: Schemas.ServiceParams, body: Schemas.ServiceForm } },
    async (request, reply) => {
      const { id, serviceId } = request.params;
      const input = serviceFromForm(request.body);
      const outcome = await attempt(() => updateService(services, memberOf(request), id, serviceId, input));
      if ('value' in outcome) return reply.redirect(`/vendors/${id}?done=services.saved#service-${serviceId}`, 303);
      const { vendor, service } = await readService(services, memberOf(request), id, serviceId);
      const form = serviceFormView({ ...request.body, id: serviceId }, outcome.problems);
      return reply.status(400).page('vendors/service', editServicePage(vendor, service, form));
    },
  );
}
