import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { DEFAULT_GRACE_DAYS, dueDateRange, isDueDate, MAX_GRACE_DAYS } from '../../domain/assessment/due-date.ts';
import { purposeFor } from '../../domain/assessment/purpose.ts';
import {
  calendarDay,
  emailAddress,
  isEmailAddress,
  oneLine,
  paragraphs,
  wholeNumber,
} from '../../domain/assessment/typed-input.ts';
import type { InvalidField } from '../../errors.ts';
import { type PostedForm, textOf } from '../../plugins/forms.ts';
import { problem, tooLong } from '../vendors/vendors.input.ts';

export type ContactInput = { contactName: string; contactEmail: string; contactLocale: 'ja' | 'en' };
export type AssessmentInput = ContactInput & {
  serviceId: string;
  /** `<id>@<version>` */
  questionnaire: string;
  /** YYYY-MM-DD in Asia/Tokyo; '' when missing, null when it was not a day. */
  dueOn: string | null;
  /** Days the link stays open after the due date; NaN when it was not a number. */
  graceDays: number;
  purpose: string;
};

/** Fields a person types into; the rest is chosen. */
export const assessmentFields = ['contactName', 'contactEmail', 'dueOn', 'graceDays', 'purpose'] as const;

export function contactFromForm(form: PostedForm): ContactInput {
  return {
    contactName: textOf(form, 'contactName'),
    contactEmail: textOf(form, 'contactEmail'),
    contactLocale: textOf(form, 'contactLocale') as 'ja' | 'en',
  };
}

export function assessmentFromForm(form: PostedForm): AssessmentInput {
  return {
    ...contactFromForm(form),
    serviceId: textOf(form, 'serviceId'),
    questionnaire: textOf(form, 'questionnaire'),
    dueOn: calendarDay(textOf(form, 'dueOn')),
    graceDays: wholeNumber(textOf(form, 'graceDays')) ?? DEFAULT_GRACE_DAYS,
    purpose: textOf(form, 'purpose'),
  };
}

export function tidyContact<T extends ContactInput>(input: T): T {
  return { ...input, contactName: oneLine(input.contactName), contactEmail: emailAddress(input.contactEmail) };
}

export function tidyAssessment(input: AssessmentInput): AssessmentInput {
  return { ...tidyContact(input), purpose: purposeFor(input.contactLocale, paragraphs(input.purpose)) };
}

export function contactProblems({ contactName, contactEmail, contactLocale }: ContactInput): InvalidField[] {
  const problems: InvalidField[] = [];
  if (contactName === '') {
    problems.push(problem('contactName', '回答担当者の氏名を入力してください。', 'Enter the name of the contact.'));
  } else if ([...contactName].length > 100) {
    problems.push(tooLong('contactName', 100, [...contactName].length));
  }
  if (!isEmailAddress(contactEmail)) {
    problems.push(
      problem(
        'contactEmail',
        '回答担当者のメールアドレスを、name@example.co.jp の形で入力してください。',
        'Enter the e-mail address of the contact, like name@example.com.',
      ),
    );
  }
  if (contactLocale !== 'ja' && contactLocale !== 'en') {
    problems.push(problem('contactLocale', '案内の言語を選んでください。', 'Choose the language of the invitation.'));
  }
  return problems;
}

/** Everything wrong with a tidied assessment that can be told without the database, in the order of the form. */
export function assessmentProblems(input: AssessmentInput, now: Date): InvalidField[] {
  const problems = [...contactProblems(input), ...dueDateProblems(input.dueOn, now)];
  const { graceDays, purpose } = input;
  if (!Number.isInteger(graceDays) || graceDays < 0 || graceDays > MAX_GRACE_DAYS) {
    problems.push(
      problem(
        'graceDays',
        `猶予日数は0〜${MAX_GRACE_DAYS}の整数で入力してください。`,
        `Enter the days of grace as a whole number from 0 to ${MAX_GRACE_DAYS}.`,
      ),
    );
  }
  if ([...purpose].length > 2_000) problems.push(tooLong('purpose', 2_000, [...purpose].length));
  return problems;
}

export function dueDateProblems(dueOn: string | null, now: Date): InvalidField[] {
  const today = tokyoDate(now);
  const { earliest, latest, usual } = dueDateRange(today);
  if (dueOn === null || dueOn === '') {
    return [
      problem('dueOn', `提出期限を ${usual} のような日付で入力してください。`, `Enter the due date, like ${usual}.`),
    ];
  }
  if (isDueDate(dueOn, today)) return [];
  return [
    problem(
      'dueOn',
      `提出期限は、${earliest}（明日）から ${latest}（1年後）までの日付にしてください。`,
      `Choose a due date from ${earliest} (tomorrow) to ${latest} (a year from today).`,
    ),
  ];
}
