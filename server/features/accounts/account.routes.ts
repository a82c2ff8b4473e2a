import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { memberOf } from '../../plugins/access.ts';
import { closed, orNull } from '../../plugins/api-shapes.ts';
import type { Services } from '../../services.ts';
import { readAccount } from './account.usecases.ts';
import { memberRoutes } from './members.routes.ts';

const account = Type.Object(
  {
    memberId: Type.String(),
    name: Type.String(),
    title: Type.String(),
    email: Type.String(),
    role: Type.Enum(['owner', 'member', 'auditor']),
    locale: Type.Enum(['ja', 'en']),
    organisation: Type.Object({ name: Type.String(), nameEn: orNull(Type.String()) }, closed),
  },
  closed,
);

/** Whose session this is, as JSON: what a program asks first. */
export async function accountRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await instance.register(memberRoutes, { services });
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    '/api/account',
    {
      config: { action: 'account.view' },
      schema: { summary: 'Read whose session this is', tags: ['Account'], response: { 200: account } },
    },
    async (request) => {
      const { member, organisation } = await readAccount(services, memberOf(request));
      const { id, name, title, email, role, locale } = member;
      const { name: ofAll, nameEn } = organisation;
      return { memberId: id, name, title, email, role, locale, organisation: { name: ofAll, nameEn } };
    },
  );
}
