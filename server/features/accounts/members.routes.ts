import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { memberOf } from '../../plugins/access.ts';
import { closed, Done, IdParams, NoBody } from '../../plugins/api-shapes.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { invitationFromForm } from './accounts.input.ts';
import {
  changeRole,
  disableMember,
  enableMember,
  inviteMember,
  readMembers,
  resendInvitation,
} from './members.usecases.ts';

const role = Type.Enum(['owner', 'member', 'auditor']);
const locale = Type.Enum(['ja', 'en']);
const text = Type.String({ maxLength: 20_000 });
const member = Type.Object(
  {
    ...{ id: Type.String(), name: Type.String(), title: Type.String(), email: Type.String(), role, locale },
    isDisabled: Type.Boolean(),
  },
  closed,
);
const members = Type.Object({ members: Type.Array(member) }, closed);
const invitation = Type.Object(
  { name: text, email: text, role, title: Type.Optional(text), locale: Type.Optional(locale) },
  { ...closed, examples: [{ name: '監査 太郎', email: 'audit@customer.example', role: 'auditor' }] },
);

/** Who of the customer may come in, as JSON, for owners. */
export async function memberRoutes(instance: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const edit = { action: 'members.edit' } as const;
  const tags = ['Account'];

  app.get(
    '/api/members',
    {
      config: { action: 'members.view' },
      schema: { summary: 'List the members of the organisation', tags, response: { 200: members } },
    },
    async (request) => {
      const all = await readMembers(services, memberOf(request));
      return {
        members: all.map(({ id, name, title, email, role, locale, disabledAt }) => {
          return { id, name, title, email, role, locale, isDisabled: disabledAt !== null };
        }),
      };
    },
  );

  app.post(
    '/api/members',
    { config: edit, schema: { summary: 'Invite a member by mail', tags, body: invitation, response: { 204: Done } } },
    async (request, reply) => {
      await inviteMember(services, memberOf(request), invitationFromForm({ locale: 'ja', title: '', ...request.body }));
      return reply.status(204).send(null);
    },
  );

  const about = { tags, params: IdParams, response: { 204: Done } };
  app.put(
    '/api/members/:id/role',
    { config: edit, schema: { summary: 'Give a member another role', ...about, body: Type.Object({ role }, closed) } },
    async (request, reply) => {
      await changeRole(services, memberOf(request), request.params.id, request.body.role);
      return reply.status(204).send(null);
    },
  );

  type Work = (services: Services, principal: MemberPrincipal, id: string) => Promise<void>;
  const press = (method: 'POST' | 'PUT', what: string, work: Work, summary: string) =>
    app.route({
      ...{ method, url: `/api/members/:id/${what}`, config: edit, schema: { summary, ...about, body: NoBody } },
      handler: async (request, reply) => {
        await work(services, memberOf(request), request.params.id);
        return reply.status(204).send(null);
      },
    });
  press('POST', 'invitation', resendInvitation, 'Mail the invitation again');
  press('PUT', 'disabling', disableMember, 'End the access of a member at once');
  press('PUT', 'enabling', enableMember, 'Let a member come in again');
}
