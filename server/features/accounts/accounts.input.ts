import { nfkc } from '../../domain/assessment/normal-form.ts';
import { oneLine } from '../../domain/assessment/typed-input.ts';
import { type InvalidField, invalid, type Message } from '../../errors.ts';
import { type PostedForm, textOf } from '../../plugins/forms.ts';
import { isEmail } from './email.ts';
import type { Invitation } from './members.usecases.ts';
import type { NewOrganisation } from './organisations.usecases.ts';

/** From posted text to what the use cases take; throws AppError 400 naming every field to mend. */

export function invitationFromForm(form: PostedForm): Invitation {
  const problems = [...needed(form, 'name', messages.name), ...email(form), ...tooLong(form, 'title')];
  const role = textOf(form, 'role');
  if (role !== 'owner' && role !== 'member' && role !== 'auditor') {
    throw refusal([...problems, { path: 'role', message: messages.role }]);
  }
  if (problems.length > 0) throw refusal(problems);
  return { ...person(form), email: textOf(form, 'email'), role };
}

export function profileFromForm(form: PostedForm): Pick<Invitation, 'name' | 'title' | 'locale'> {
  const problems = [...needed(form, 'name', messages.name), ...tooLong(form, 'title')];
  if (problems.length > 0) throw refusal(problems);
  return person(form);
}

export function firstOwnerFromForm(form: PostedForm): NewOrganisation {
  const problems = [
    ...needed(form, 'organisation', messages.organisation),
    ...tooLong(form, 'organisationEn'),
    ...needed(form, 'name', messages.name),
    ...tooLong(form, 'title'),
    ...email(form),
  ];
  if (problems.length > 0) throw refusal(problems);
  return {
    organisation: {
      name: oneLine(textOf(form, 'organisation')),
      nameEn: oneLine(textOf(form, 'organisationEn')) || null,
      isEntrustee: textOf(form, 'isEntrustee') === 'yes',
    },
    owner: { ...person(form), email: textOf(form, 'email') },
  };
}

function person(form: PostedForm) {
  const locale: 'ja' | 'en' = textOf(form, 'locale') === 'en' ? 'en' : 'ja';
  return { name: oneLine(textOf(form, 'name')), title: oneLine(textOf(form, 'title')), locale };
}

const MOST = 100;

function needed(form: PostedForm, path: string, message: Message): InvalidField[] {
  return oneLine(textOf(form, path)) === '' ? [{ path, message }] : tooLong(form, path);
}

function tooLong(form: PostedForm, path: string): InvalidField[] {
  return [...oneLine(textOf(form, path))].length > MOST ? [{ path, message: messages.long }] : [];
}

function email(form: PostedForm): InvalidField[] {
  return isEmail(nfkc(textOf(form, 'email')).trim()) ? [] : [{ path: 'email', message: messages.email }];
}

function refusal(problems: InvalidField[]) {
  return invalid(problems[0]?.message ?? messages.name, problems);
}

const messages = {
  name: { ja: '氏名を入力してください。', en: 'Enter the name.' },
  organisation: { ja: '組織名を入力してください。', en: 'Enter the name of the organisation.' },
  email: {
    ja: 'メールアドレスを name@example.jp の形で入力してください。',
    en: 'Enter an email address like name@example.jp.',
  },
  role: { ja: '役割を選んでください。', en: 'Choose a role.' },
  long: { ja: `${MOST}文字以内で入力してください。`, en: `Use at most ${MOST} characters.` },
} satisfies Record<string, Message>;
