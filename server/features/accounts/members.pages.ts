import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { InvalidField } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { attempt, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { invitationFromForm } from './accounts.input.ts';
import { EmptyForm, InvitationForm, MemberParams, RoleForm } from './accounts.schemas.ts';
import {
  changeRole,
  disableMember,
  enableMember,
  inviteMember,
  readMembers,
  resendInvitation,
} from './members.usecases.ts';
import { membersPage } from './members.views.ts';

type OneMember = { Params: { id: string } };
const edit = { action: 'members.edit' } as const;

/** Who of the customer may come in, for owners. */
export async function memberPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get('/members', { config: { action: 'members.view' } }, async (request, reply) =>
    showMembers(services, request, reply, {}),
  );

  app.post<{ Body: PostedForm }>(
    '/members',
    { config: edit, schema: { body: InvitationForm } },
    async (request, reply) => {
      const { body } = request;
      const outcome = await attempt(async () => inviteMember(services, memberOf(request), invitationFromForm(body)));
      if ('problems' in outcome) return showMembers(services, request, reply.status(400), body, outcome.problems);
      return reply.redirect('/members?done=accounts.invited', 303);
    },
  );

  app.post<OneMember & { Body: PostedForm }>(
    '/members/:id/role',
    { config: edit, schema: { params: MemberParams, body: RoleForm } },
    async (request, reply) => {
      const role = textOf(request.body, 'role');
      if (role !== 'owner' && role !== 'member' && role !== 'auditor') return reply.redirect('/members', 303);
      await changeRole(services, memberOf(request), request.params.id, role);
      return reply.redirect('/members?done=accounts.roleChanged', 303);
    },
  );

  const press = (
    what: string,
    work: (services: Services, principal: MemberPrincipal, id: string) => Promise<void>,
    done: string,
  ) =>
    app.post<OneMember>(
      `/members/:id/${what}`,
      { config: edit, schema: { params: MemberParams, body: EmptyForm } },
      async (request, reply) => {
        await work(services, memberOf(request), request.params.id);
        return reply.redirect(`/members?done=accounts.${done}`, 303);
      },
    );
  press('invitation', resendInvitation, 'resent');
  press('disabling', disableMember, 'disabled');
  press('enabling', enableMember, 'enabled');
}

async function showMembers(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: PostedForm,
  errors: readonly InvalidField[] = [],
) {
  const principal = memberOf(request);
  const members = await readMembers(services, principal);
  return reply.page('accounts/members', membersPage(members, principal.memberId, typed, errors));
}
