import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { inherentRisk } from '../../domain/assessment/inherent-risk.ts';
import { memberOf } from '../../plugins/access.ts';
import type { Services } from '../../services.ts';
import { createService } from './services.usecases.ts';
import * as Schemas from './vendors.schemas.ts';
import type { Service, Vendor } from './vendors.store.ts';
import { createVendor, listVendors, readVendor } from './vendors.usecases.ts';

type ListRoute = { Querystring: Schemas.PageQuery };
type CreateRoute = { Body: Schemas.VendorBody };
type VendorRoute = { Params: { id: string } };
type ServiceRoute = VendorRoute & { Body: Schemas.ServiceBody };

/** Vendors and services as JSON, for whoever keeps them in another register. */
export async function vendorRoutes(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const view = { action: 'vendors.view' } as const;
  const edit = { action: 'vendors.edit' } as const;

  app.get<ListRoute>(
    '/api/vendors',
    { config: view, schema: { querystring: Schemas.PageQuery, response: { 200: Schemas.VendorsReply } } },
    async (request) => {
      const { q = '', page = '1' } = request.query;
      const found = await listVendors(services, memberOf(request), { search: q.trim(), page: Number(page) });
      const vendors = found.vendors.map((vendor) => vendorReply(vendor, found.services));
      return { vendors, total: found.total };
    },
  );

  app.post<CreateRoute>(
    '/api/vendors',
    { config: edit, schema: { body: Schemas.VendorBody, response: { 201: Schemas.Created } } },
    async (request, reply) => {
      const { name, nameEn = null, corporateNumber = null, address = null, note = '' } = request.body;
      const input = { name, nameEn, corporateNumber, address, note };
      const id = await createVendor(services, memberOf(request), randomUUID(), input);
      return reply.status(201).header('location', `/api/vendors/${id}`).send({ id });
    },
  );

  app.get<VendorRoute>(
    '/api/vendors/:id',
    { config: view, schema: { params: Schemas.VendorParams, response: { 200: Schemas.VendorReply } } },
    async (request) => {
      const found = await readVendor(services, memberOf(request), request.params.id);
      return vendorReply(found.vendor, found.services);
    },
  );

  app.get<VendorRoute>(
    '/api/vendors/:id/services',
    { config: view, schema: { params: Schemas.VendorParams, response: { 200: Schemas.ServicesReply } } },
    async (request) => {
      const found = await readVendor(services, memberOf(request), request.params.id);
      return { services: found.services.map(serviceReply) };
    },
  );

  app.post<ServiceRoute>(
    '/api/vendors/:id/services',
    {
      config: edit,
      schema: { params: Schemas.VendorParams, body: Schemas.ServiceBody, response: { 201: Schemas.Created } },
    },
    async (request, reply) => {
      const { version = '', entrustedWork = '', dataItems = [], dataSubjects = null, ...rest } = request.body;
      const input = { ...rest, version, entrustedWork, dataItems, dataSubjects };
      const id = await createService(services, memberOf(request), request.params.id, randomUUID(), input);
      return reply.status(201).send({ id });
    },
  );
}

function vendorReply(vendor: Vendor, services: readonly Service[]): Schemas.VendorReply {
  const { id, name, nameEn, corporateNumber, address, note } = vendor;
  const own = services.filter(({ vendorId }) => vendorId === id).map(serviceReply);
  return { id, name, nameEn, corporateNumber, address, note, services: own };
}

function serviceReply(service: Service): Schemas.ServiceReply {
  const { id, vendorId, name, version, deliveryModel, entrustedWork, dataItems, dataSubjects, criticality } = service;
  const { tier, reasons, cadence } = inherentRisk(service);
  return {
    id,
    vendorId,
    name,
    version,
    deliveryModel,
    entrustedWork,
    dataItems,
    dataSubjects,
    criticality,
    inherentRisk: { tier, reasons: [...reasons], cadence },
  };
}
