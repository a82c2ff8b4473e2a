import type { InvalidField } from '../../errors.ts';
import { choicesOf, fieldsOf, type PostedForm } from '../../plugins/forms.ts';
import type { Member } from './members.store.ts';
import { languages, roles } from './role-choices.ts';

export function membersPage(
  members: readonly Member[],
  ownId: string,
  typed: PostedForm,
  errors: readonly InvalidField[],
) {
  const owners = members.filter(({ role, disabledAt }) => role === 'owner' && !disabledAt).length;
  return {
    errors,
    members: members.map((member) => row(member, member.id === ownId, owners)),
    fields: {
      ...fieldsOf(['name', 'title', 'email'], typed, errors),
      role: choicesOf('role', roles, { role: 'member', ...typed }, errors),
      locale: choicesOf('locale', languages, { locale: 'ja', ...typed }, errors),
    },
  };
}

/** The last owner can neither be disabled nor lose the role: the page does not offer it, the use case refuses it. */
function row(member: Member, isSelf: boolean, owners: number) {
  const isLastOwner = member.role === 'owner' && !member.disabledAt && owners < 2;
  // Whoever reads this page has come in, be it by a link and without a password yet.
  const hasJoined = isSelf || member.passwordHash !== null;
  const status = member.disabledAt ? 'disabled' : hasJoined ? 'active' : 'invited';
  const { id, name, title, email, role, createdAt } = member;
  return {
    id,
    name,
    title,
    email,
    role,
    createdAt,
    isSelf,
    status,
    statusTone: { disabled: 'off', active: 'good', invited: 'progress' }[status],
    mayResend: status === 'invited',
    mayDisable: status !== 'disabled' && !isLastOwner,
    mayEnable: status === 'disabled',
    roleField:
      isLastOwner || status === 'disabled' ? null : { ...choicesOf('role', roles, { role }), id: `role-${id}` },
  };
}
