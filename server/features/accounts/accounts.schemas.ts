import { Type } from 'typebox';
import { formBody } from '../../plugins/forms.ts';

export const SignInForm = formBody(['email', 'password', 'to']);
export const SignInQuery = Type.Object(
  { to: Type.Optional(Type.String({ maxLength: 500 })) },
  { additionalProperties: false },
);
export const EmptyForm = Type.Union([Type.Null(), formBody([])]);
export const TokenForm = formBody(['token']);
export const PasswordByLinkForm = formBody(['token', 'password', 'repeated']);
export const FirstOwnerForm = formBody([
  'token',
  'organisation',
  'organisationEn',
  'isEntrustee',
  'name',
  'title',
  'email',
  'password',
  'repeated',
]);
export const PasswordLinkForm = formBody(['email']);
export const ProfileForm = formBody(['name', 'title', 'locale']);
export const PasswordForm = formBody(['current', 'password', 'repeated']);
export const InvitationForm = formBody(['name', 'title', 'email', 'role', 'locale']);
export const RoleForm = formBody(['role']);
export const MemberParams = Type.Object({ id: Type.String({ maxLength: 100 }) }, { additionalProperties: false });
