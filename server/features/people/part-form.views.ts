import type { InvalidField } from '../../errors.ts';
import { choicesOf, fieldsOf, listOf, type PostedForm } from '../../plugins/forms.ts';
import { invitedRoles } from './invitation.input.ts';
import type { Person } from './people.store.ts';
import { headOf, personView } from './people.views.ts';
import { type People, personIn } from './read-people.usecases.ts';

/** The form that invites somebody as contributor, checker or approver. */
export function invitationView(read: People, typed: PostedForm, problems: readonly InvalidField[] = []) {
  const role = invitedRoles.find((one) => one === typed.role) ?? 'contributor';
  return {
    ...headOf(read),
    role,
    isContributor: role === 'contributor',
    titleKey: `people.inviteTitle.${role}`,
    leadKey: `people.inviteLead.${role}`,
    domains: read.domains.join('、'),
    fields: {
      ...fieldsOf(['name', 'email'], typed, problems),
      locale: choicesOf('locale', localeChoices, { locale: read.assessment.contactLocale, ...typed }, problems),
    },
    ...partFields(read, { part: 'chosen', ...typed }, problems),
    errors: problems,
  };
}

/** One colleague: who, how far, and everything the respondent can do about it. */
export function colleagueView(read: People, id: string, typed: PostedForm, problems: readonly InvalidField[] = []) {
  const person: Person = personIn(read, id);
  return {
    ...headOf(read),
    person: personView(read, person),
    ...partFields(read, typed, problems),
    errors: problems,
  };
}

/** Radios, and below "chosen" every section with its questions to tick. */
function partFields(read: People, typed: PostedForm, problems: readonly InvalidField[]) {
  const [sections, questions] = [listOf(typed, 'sections'), listOf(typed, 'questions')];
  const part = choicesOf('part', partChoices, typed, problems);
  return {
    styles: ['people.css'],
    part: { error: part.error, all: typed.part === 'all', chosen: typed.part !== 'all' },
    due: fieldsOf(['dueOn'], typed, problems).dueOn,
    sections: read.compiled.questionnaire.sections.map((section) => ({
      id: section.id,
      title: section.title,
      count: section.questions.length,
      checked: sections.includes(section.id),
      isOpen: section.questions.some(({ id }) => questions.includes(id)),
      questions: section.questions.map(({ id, text }) => ({ id, text, checked: questions.includes(id) })),
    })),
  };
}

const partChoices = [
  { value: 'all', text: { ja: '質問票の全体', en: 'The whole questionnaire' } },
  { value: 'chosen', text: { ja: '範囲を選ぶ', en: 'Chosen sections or questions' } },
];
const localeChoices = [
  { value: 'ja', text: { ja: '日本語', en: 'Japanese' } },
  { value: 'en', text: { ja: '英語', en: 'English' } },
];
