import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { memberOf } from '../../plugins/access.ts';
import { Done } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { serviceRoutes } from './services.routes.ts';
import { vendorReply } from './vendors.replies.ts';
import * as Schemas from './vendors.schemas.ts';
import { createVendor, listVendors, readVendor, updateVendor } from './vendors.usecases.ts';

type ListRoute = { Querystring: Schemas.PageQuery };
type CreateRoute = { Body: Schemas.VendorBody };
type VendorRoute = { Params: { id: string } };
const view = { action: 'vendors.view' } as const;
const edit = { action: 'vendors.edit' } as const;
const tags = ['Vendors'];

/** Vendors and services as JSON, for whoever keeps them in another register. */
export async function vendorRoutes(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await app.register(serviceRoutes, { services });
  const params = Schemas.VendorParams;
  const body = Schemas.VendorBody;

  app.get<ListRoute>(
    '/api/vendors',
    {
      config: view,
      schema: {
        summary: 'List vendors by name',
        tags,
        querystring: Schemas.PageQuery,
        response: { 200: Schemas.VendorsReply },
      },
    },
    async (request) => {
      const { q = '', page = '1' } = request.query;
      const found = await listVendors(services, memberOf(request), { search: q.trim(), page: Number(page) });
      const vendors = found.vendors.map((vendor) => vendorReply(vendor, found.services));
      return { vendors, total: found.total };
    },
  );

  app.post<CreateRoute>(
    '/api/vendors',
    { config: edit, schema: { summary: 'Add a vendor', tags, body, response: { 201: Schemas.Created } } },
    async (request, reply) => {
      const id = await createVendor(services, memberOf(request), randomUUID(), inputOf(request.body));
      return reply.status(201).header('location', `/api/vendors/${id}`).send({ id });
    },
  );

  app.get<VendorRoute>(
    '/api/vendors/:id',
    { config: view, schema: { summary: 'Read a vendor', tags, params, response: { 200: Schemas.VendorReply } } },
    async (request) => {
      const found = await readVendor(services, memberOf(request), request.params.id);
      return vendorReply(found.vendor, found.services);
    },
  );

  app.put<VendorRoute & CreateRoute>(
    '/api/vendors/:id',
    {
      config: edit,
      schema: { summary: 'Replace every field of a vendor', tags, params, body, response: { 204: Done } },
    },
    async (request, reply) => {
      await updateVendor(services, memberOf(request), request.params.id, inputOf(request.body));
      return reply.status(204).send(null);
    },
  );
}

function inputOf(body: Schemas.VendorBody) {
  const { name, nameEn = null, corporateNumber = null, address = null, note = '' } = body;
  return { name, nameEn, corporateNumber, address, note };
}
