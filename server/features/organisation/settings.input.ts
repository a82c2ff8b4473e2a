import { nfkc } from '../../domain/assessment/normal-form.ts';
import { emailAddress, isEmailAddress, oneLine, paragraphs } from '../../domain/assessment/typed-input.ts';
import { type InvalidField, invalid, type Message } from '../../errors.ts';
import { type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Settings } from './organisation.store.ts';

export const settingsFields = [
  'name',
  'nameEn',
  'isEntrustee',
  'address',
  'department',
  'privacyName',
  'privacyEmail',
  'privacyPhone',
  'confidentialityJa',
  'confidentialityEn',
] as const satisfies readonly (keyof Settings)[];

/** Longest texts in characters; of `confidentiality…` a vendor reads every word before it begins. */
export const limits = {
  name: 100,
  nameEn: 100,
  address: 200,
  department: 100,
  privacyName: 100,
  privacyPhone: 30,
  confidentialityJa: 2_000,
  confidentialityEn: 4_000,
} as const;

/** Throws AppError 400 naming every field to mend. */
export function settingsFromForm(form: PostedForm): Settings {
  const settings = tidySettings(form);
  const problems = problemsOf(settings);
  const [first] = problems;
  if (first) throw invalid(first.message, problems);
  return settings;
}

/** Spaces, line ends and full-width letters set right, as it would be stored. */
export function tidySettings(form: PostedForm): Settings {
  const line = (name: string) => oneLine(textOf(form, name));
  return {
    name: line('name'),
    nameEn: line('nameEn') || null,
    isEntrustee: textOf(form, 'isEntrustee') === 'yes',
    address: line('address'),
    department: line('department'),
    privacyName: line('privacyName'),
    privacyEmail: emailAddress(textOf(form, 'privacyEmail')),
    privacyPhone: oneLine(nfkc(textOf(form, 'privacyPhone')).replace(/[‐‑‒–—―−ー]/g, '-')),
    confidentialityJa: paragraphs(textOf(form, 'confidentialityJa')),
    confidentialityEn: paragraphs(textOf(form, 'confidentialityEn')),
  };
}

function problemsOf(settings: Settings): InvalidField[] {
  const { name, privacyName, privacyEmail, privacyPhone, confidentialityJa, confidentialityEn } = settings;
  const isReachable = privacyEmail !== '' || privacyPhone !== '';
  return [
    ...wrong('name', name === '', messages.name),
    ...wrong('privacyName', privacyName === '' && isReachable, messages.privacyName),
    ...wrong('privacyEmail', privacyName !== '' && !isReachable, messages.unreachable),
    ...wrong('privacyEmail', privacyEmail !== '' && !isEmailAddress(privacyEmail), messages.email),
    ...wrong('privacyPhone', privacyPhone !== '' && !isPhone(privacyPhone), messages.phone),
    ...wrong('confidentialityJa', confidentialityJa === '' && confidentialityEn !== '', messages.japaneseFirst),
    ...tooLong(settings),
  ];
}

function wrong(path: keyof Settings, is: boolean, message: Message): InvalidField[] {
  return is ? [{ path, message }] : [];
}

function tooLong(settings: Settings): InvalidField[] {
  return Object.entries(limits).flatMap(([path, most]) => {
    const length = [...(settings[path as keyof typeof limits] ?? '')].length;
    if (length <= most) return [];
    const [limit, now] = [most.toLocaleString('en'), length.toLocaleString('en')];
    const ja = `${limit}文字以内にしてください（現在${now}文字）。`;
    return [{ path, message: { ja, en: `Shorten this to ${limit} characters (now ${now}).` } }];
  });
}

/** Digits in groups as people write them: 03-1234-5678, +81 3 1234 5678, (03)1234-5678（内線12）. */
function isPhone(text: string): boolean {
  return /^[+\d][\d\s()+.-]*(\(?(内線|ext\.?)\s*\d+\)?)?$|^\(\d[\d\s()+.-]*$/i.test(text) && /\d{3}/.test(text);
}

const messages = {
  name: { ja: '組織名を入力してください。', en: 'Enter the name of the organisation.' },
  privacyName: {
    ja: '問合せ先の部署名または氏名を入力してください。',
    en: 'Enter the department or the person to ask.',
  },
  unreachable: {
    ja: '問合せ先のメールアドレスか電話番号の、少なくとも一方を入力してください。',
    en: 'Enter an email address or a telephone number, at least one of them.',
  },
  email: {
    ja: 'メールアドレスを name@example.jp の形で入力してください。',
    en: 'Enter an email address like name@example.jp.',
  },
  phone: {
    ja: '電話番号を 03-1234-5678 の形で入力してください。',
    en: 'Enter a telephone number like +81 3 1234 5678.',
  },
  japaneseFirst: {
    ja: '日本語の文も入力してください。英語だけを変えると、日本語の画面と内容が食い違います。',
    en: 'Enter the Japanese text too. Otherwise the Japanese page would say something else than the English one.',
  },
} satisfies Record<string, Message>;
