import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { memberOf } from '../../plugins/access.ts';
import { Done } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import type { ServiceInput } from './services.input.ts';
import { createService, readService, updateService } from './services.usecases.ts';
import { serviceReply } from './vendors.replies.ts';
import * as Schemas from './vendors.schemas.ts';
import { readVendor } from './vendors.usecases.ts';

type VendorRoute = { Params: { id: string } };
type OneRoute = { Params: { id: string; serviceId: string } };
type Body = { Body: Schemas.ServiceBody };
const view = { action: 'vendors.view' } as const;
const edit = { action: 'vendors.edit' } as const;
const tags = ['Vendors'];

/** Services of a vendor as JSON. */
export async function serviceRoutes(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const ofVendor = { tags, params: Schemas.VendorParams };
  const ofService = { tags, params: Schemas.ServiceParams };

  app.get<VendorRoute>(
    '/api/vendors/:id/services',
    {
      config: view,
      schema: { summary: 'List the services of a vendor', ...ofVendor, response: { 200: Schemas.ServicesReply } },
    },
    async (request) => {
      const found = await readVendor(services, memberOf(request), request.params.id);
      return { services: found.services.map(serviceReply) };
    },
  );

  app.post<VendorRoute & Body>(
    '/api/vendors/:id/services',
    {
      config: edit,
      schema: {
        summary: 'Add a service to a vendor',
        ...ofVendor,
        body: Schemas.ServiceBody,
        response: { 201: Schemas.Created },
      },
    },
    async (request, reply) => {
      const input = inputOf(request.body);
      const id = await createService(services, memberOf(request), request.params.id, randomUUID(), input);
      return reply.status(201).send({ id });
    },
  );

  app.get<OneRoute>(
    '/api/vendors/:id/services/:serviceId',
    { config: view, schema: { summary: 'Read a service', ...ofService, response: { 200: Schemas.ServiceReply } } },
    async (request) => {
      const { id, serviceId } = request.params;
      return serviceReply((await readService(services, memberOf(request), id, serviceId)).service);
    },
  );

  app.put<OneRoute & Body>(
    '/api/vendors/:id/services/:serviceId',
    {
      config: edit,
      schema: {
        summary: 'Replace every field of a service',
        ...ofService,
        body: Schemas.ServiceBody,
        response: { 204: Done },
      },
    },
    async (request, reply) => {
      const { id, serviceId } = request.params;
      await updateService(services, memberOf(request), id, serviceId, inputOf(request.body));
      return reply.status(204).send(null);
    },
  );
}

function inputOf(body: Schemas.ServiceBody): ServiceInput {
  const { version = '', entrustedWork = '', dataItems = [], dataSubjects = null, ...rest } = body;
  return { ...rest, version, entrustedWork, dataItems, dataSubjects };
}
