import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { DEFAULT_GRACE_DAYS, dueDateRange } from '../../domain/assessment/due-date.ts';
import { usualPurpose } from '../../domain/assessment/purpose.ts';
import type { InvalidField } from '../../errors.ts';
import { choicesOf, fieldsOf, formId, type PostedForm } from '../../plugins/forms.ts';
import type { PublishedQuestionnaire } from '../../services.ts';
import type { Assessment } from './assessment-state.usecases.ts';
import { assessmentFields } from './assessments.input.ts';

type ServiceChoice = { id: string; name: string; version: string; vendor: string };

/** The form of a draft as it was typed, with its choices and the range of the due date. */
export function draftForm(
  choices: { services: readonly ServiceChoice[]; questionnaires: readonly PublishedQuestionnaire[]; now: Date },
  typed: PostedForm,
  problems: readonly InvalidField[] = [],
) {
  const services = choices.services.map(({ id, vendor, name, version }) => {
    const label = `${vendor} – ${name}${version === '' ? '' : ` ${version}`}`;
    return { value: id, text: { ja: label, en: label } };
  });
  const none = { value: '', text: { ja: '選んでください', en: 'Choose one' } };
  return {
    id: formId(typed),
    errors: problems,
    range: dueDateRange(tokyoDate(choices.now)),
    fields: {
      ...fieldsOf(assessmentFields, typed, problems),
      serviceId: choicesOf('serviceId', [none, ...services], typed, problems),
      questionnaire: choicesOf('questionnaire', choices.questionnaires.map(questionnaireChoice), typed, problems),
      contactLocale: choicesOf('contactLocale', localeChoices, typed, problems),
    },
  };
}

/** What a new draft starts with. */
export function freshDraft(
  now: Date,
  questionnaires: readonly PublishedQuestionnaire[],
  serviceId: string,
): PostedForm {
  const usual = questionnaires.find(({ compiled }) => compiled.questionnaire.audience === 'vendor');
  return {
    serviceId,
    questionnaire: usual?.compiled.reference ?? '',
    contactLocale: 'ja',
    dueOn: dueDateRange(tokyoDate(now)).usual,
    graceDays: String(DEFAULT_GRACE_DAYS),
    purpose: usualPurpose.ja,
  };
}

export function draftAsTyped(draft: Assessment): PostedForm {
  const { id, serviceId, contactName, contactEmail, contactLocale, dueOn, graceDays, purpose } = draft;
  const questionnaire = `${draft.questionnaireId}@${draft.questionnaireVersion}`;
  return {
    id,
    serviceId,
    questionnaire,
    contactName,
    contactEmail,
    contactLocale,
    dueOn,
    graceDays: String(graceDays),
    purpose,
  };
}

export const localeChoices = [
  { value: 'ja', text: { ja: '日本語', en: 'Japanese' } },
  { value: 'en', text: { ja: '英語', en: 'English' } },
];

function questionnaireChoice({ compiled }: PublishedQuestionnaire) {
  const { title, version, estimatedMinutes } = compiled.questionnaire;
  const count = compiled.questions.length;
  const minutes = estimatedMinutes === undefined ? null : estimatedMinutes;
  return {
    value: compiled.reference,
    text: { ja: `${title.ja}（第${version}版）`, en: `${title.en} (version ${version})` },
    hint: {
      ja: `${count}問${minutes === null ? '' : `、回答の目安は約${minutes}分`}`,
      en: `${count} questions${minutes === null ? '' : `, about ${minutes} minutes`}`,
    },
  };
}
