import { isOpen } from '../../domain/assessment/states.ts';
import { ownQuestions, within } from '../../domain/questionnaire/own-questions.ts';
import { responded, shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import type { InvalidField } from '../../errors.ts';
import { choicesOf, type PostedForm } from '../../plugins/forms.ts';
import { MAX_COLLEAGUES } from './people.limits.ts';
import type { Person } from './people.store.ts';
import type { People } from './read-people.usecases.ts';

/** The list of colleagues, and what is done before the submission. */
export function peopleView(read: People, problems: readonly InvalidField[] = []) {
  const { assessment, people, domains, state } = read;
  const colleagues = people.filter(({ role, revokedAt }) => role !== 'respondent' && !revokedAt);
  const steps = assessment.approvalSteps;
  const has = (role: Person['role']) => colleagues.some((person) => person.role === role);
  return {
    ...headOf(read),
    mayChange: isOpen(state),
    owner: people.find(({ role, revokedAt }) => role === 'respondent' && !revokedAt)?.name ?? assessment.contactName,
    colleagues: colleagues.map((person) => personView(read, person)),
    former: people
      .filter(({ revokedAt, role }) => revokedAt !== null && role !== 'respondent')
      .map(({ name, email, role, revokedAt }) => ({ name, email, roleKey: `people.role.${role}`, revokedAt })),
    isFull: colleagues.length >= MAX_COLLEAGUES,
    domains: domains.join('、'),
    steps: choicesOf('steps', stepChoices, { steps: String(steps) }, problems),
    stepsKey: `people.steps.${steps}`,
    lacksChecker: steps >= 1 && !has('checker'),
    lacksApprover: steps === 2 && !has('approver'),
    errors: problems,
  };
}

export function headOf({ assessment, parties }: People) {
  return {
    reference: assessment.reference,
    customer: parties.customer,
    service: parties.service.name,
    sender: { name: parties.sender.name, email: parties.sender.email },
    dueOn: assessment.dueOn,
  };
}

export function personView(read: People, person: Person) {
  const { assessment, entries, today, state } = read;
  const { id, name, email, role } = person;
  const isContributor = role === 'contributor';
  const part = isContributor ? partView(read, person) : null;
  const enteredAt = entries.get(id) ?? null;
  const isDone = part !== null && part.applicable > 0 && part.answered === part.applicable;
  const dueOn = isContributor ? (person.dueOn ?? assessment.dueOn) : null;
  return {
    id,
    name,
    email,
    href: `/respond/people/${id}`,
    roleKey: `people.role.${role}`,
    localeKey: `people.locale.${person.locale}`,
    isContributor,
    part,
    dueOn,
    isLate: dueOn !== null && dueOn < today && !isDone && isOpen(state),
    invitedAt: person.createdAt,
    enteredAt,
    standingKey: `people.standing.${isDone ? 'done' : enteredAt ? 'entered' : 'invited'}`,
    tone: isDone ? 'good' : enteredAt ? 'progress' : 'neutral',
  };
}

/** What a contributor answers, in the words of the questionnaire, and how far that is. */
function partView({ compiled, answers }: People, { scope }: Person) {
  const { sections } = compiled.questionnaire;
  const shown = within(ownQuestions(compiled, scope), shownToRespondent(compiled, answers));
  const applicable = compiled.questions.filter(({ question }) => shown.has(question.id));
  return {
    isWhole: scope === null,
    sections: sections.filter(({ id }) => scope?.sections.includes(id)).map(({ title }) => title),
    questions: (scope?.questions ?? []).join('、'),
    applicable: applicable.length,
    answered: applicable.filter((one) => responded(one, answers[one.question.id])).length,
  };
}

const stepChoices = [
  {
    value: '0',
    text: { ja: '確認・承認なしで提出する', en: 'Submit without approval' },
    hint: { ja: '取りまとめ担当が、そのまま提出します。', en: 'The coordinator submits the answers.' },
  },
  {
    value: '1',
    text: { ja: '確認者の確認を受けてから提出する', en: 'Submit after a check' },
    hint: { ja: '回答者 → 確認者 → 提出', en: 'Answers → checker → submission' },
  },
  {
    value: '2',
    text: { ja: '確認者の確認と承認者の承認を受けてから提出する', en: 'Submit after a check and an approval' },
    hint: { ja: '回答者 → 確認者 → 承認者 → 提出', en: 'Answers → checker → approver → submission' },
  },
];

/** What was typed on the form of a part, or what is stored. */
export function partForm({ scope, dueOn }: Pick<Person, 'scope' | 'dueOn'>): PostedForm {
  return {
    part: scope === null ? 'all' : 'chosen',
    sections: [...(scope?.sections ?? [])],
    questions: [...(scope?.questions ?? [])],
    dueOn: dueOn ?? '',
  };
}
