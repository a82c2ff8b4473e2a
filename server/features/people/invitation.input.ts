import type { LinkScope } from '../../../db/schema/respondents.ts';
import { calendarDay, emailAddress, isEmailAddress, oneLine } from '../../domain/assessment/typed-input.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import type { InvalidField, Message } from '../../errors.ts';
import { listOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import { plainAddress } from '../assessments/allowed-domains.ts';

export const invitedRoles = ['contributor', 'checker', 'approver'] as const;
export type InvitedRole = (typeof invitedRoles)[number];

/** What a contributor answers and by when. `dueOn`: YYYY-MM-DD, '' for the request's own, null when it was not a day. */
export type PartInput = {
  part: string;
  sections: readonly string[];
  questions: readonly string[];
  dueOn: string | null;
};
export type InvitationInput = PartInput & { role: string; name: string; email: string; locale: string };

export const personFields = ['role', 'name', 'email', 'locale'] as const;
export const partFields = ['part', 'dueOn'] as const;
export const partLists = ['sections', 'questions'] as const;

export function partFromForm(form: PostedForm): PartInput {
  return {
    part: textOf(form, 'part'),
    sections: listOf(form, 'sections'),
    questions: listOf(form, 'questions'),
    dueOn: calendarDay(textOf(form, 'dueOn')),
  };
}

export function invitationFromForm(form: PostedForm): InvitationInput {
  return {
    ...partFromForm(form),
    role: textOf(form, 'role'),
    name: oneLine(textOf(form, 'name')),
    email: plainAddress(emailAddress(textOf(form, 'email'))),
    locale: textOf(form, 'locale'),
  };
}

/** null: the whole request. A question of a chosen section is not named twice. */
export function scopeOf({ part, sections, questions }: PartInput, { byId }: CompiledQuestionnaire): LinkScope | null {
  if (part !== 'chosen') return null;
  const single = questions.filter((id) => !sections.includes(byId.get(id)?.sectionId ?? ''));
  return { sections: [...new Set(sections)], questions: [...new Set(single)] };
}

export function personProblems({ role, name, email, locale }: InvitationInput): InvalidField[] {
  const problems: InvalidField[] = [];
  if (!(invitedRoles as readonly string[]).includes(role)) problems.push({ path: 'role', message: words.role });
  // A name stands in mails to others: no room for an address to lead them to.
  if (name === '' || [...name].length > 60 || /[<>@]|:\/\//.test(name)) {
    problems.push({ path: 'name', message: name === '' ? words.name : words.oddName });
  }
  if (!isEmailAddress(email) || /[%!]/.test(email)) problems.push({ path: 'email', message: words.email });
  if (locale !== 'ja' && locale !== 'en') problems.push({ path: 'locale', message: words.locale });
  return problems;
}

type Bounds = { compiled: CompiledQuestionnaire; today: string; lastDay: string };

/** `lastDay`: the request's due date; nobody is asked for anything after it. */
export function partProblems(input: PartInput, { compiled, today, lastDay }: Bounds): InvalidField[] {
  const problems: InvalidField[] = [];
  const known = new Set(compiled.questionnaire.sections.map(({ id }) => id));
  const chosen = [...input.sections, ...input.questions];
  const isKnown = input.sections.every((id) => known.has(id)) && input.questions.every((id) => compiled.byId.has(id));
  if (input.part === 'chosen' ? chosen.length === 0 || !isKnown : input.part !== 'all') {
    problems.push({ path: 'part', message: words.part });
  }
  const { dueOn } = input;
  const latest = lastDay > today ? lastDay : today;
  if (dueOn === null || (dueOn !== '' && (dueOn < today || dueOn > latest))) {
    problems.push({
      path: 'dueOn',
      message: {
        ja: `担当分の期限は、今日から依頼全体の提出期限（${lastDay}）までの日付で、${lastDay} のように入力してください。空欄にすると、依頼全体の提出期限と同じになります。`,
        en: `Give a day from today to the due date of the whole request (${lastDay}), like ${lastDay}. Left empty, it is the same as that of the request.`,
      },
    });
  }
  return problems;
}

const words = {
  role: { ja: '招待する方の役割を選んでください。', en: 'Choose the role of the person you invite.' },
  name: { ja: '招待する方の氏名を入力してください。', en: 'Enter the name of the person you invite.' },
  oddName: {
    ja: '氏名は60文字以内で、メールアドレスやURLを含めずに入力してください。',
    en: 'Enter a name of up to 60 characters, without an e-mail address or a URL.',
  },
  email: {
    ja: '招待する方のメールアドレスを、name@example.co.jp の形で入力してください。',
    en: 'Enter the e-mail address of the person you invite, like name@example.com.',
  },
  locale: { ja: '案内の言語を選んでください。', en: 'Choose the language of the invitation.' },
  part: {
    ja: '担当範囲を選んでください。「範囲を選ぶ」のときは、セクションまたは設問を一つ以上選んでください。',
    en: 'Choose the part. With “Chosen sections or questions”, choose at least one of them.',
  },
} satisfies Record<string, Message>;
