import { isOpen } from '../../domain/assessment/states.ts';
import type { OpenRequest } from './open-request.usecases.ts';

/** The start page's word about colleagues: to the respondent how the work is shared, to others what was asked of them. */
export function sharingView({ people, me, state, assessment, compiled }: OpenRequest) {
  const inForce = people.filter(({ revokedAt }) => revokedAt === null);
  const colleagues = inForce.filter(({ role }) => role !== 'respondent');
  return {
    isOwner: me.role === 'respondent',
    colleagues: colleagues.map(({ name, role }) => ({ name, roleKey: `people.role.${role}` })),
    mayShare: isOpen(state),
    roleKey: `people.role.${me.role}`,
    owner: inForce.find(({ role }) => role === 'respondent')?.name ?? assessment.contactName,
    isContributor: me.role === 'contributor',
    isWhole: me.scope === null,
    sections: compiled.questionnaire.sections
      .filter(({ id }) => me.scope?.sections.includes(id))
      .map(({ title }) => title),
    questions: (me.scope?.questions ?? []).join('、'),
  };
}

/** Names of the contributors who answer something of a section; '' when it is the respondent's alone. */
export function responsibleFor({ people, compiled }: OpenRequest, sectionId: string): string {
  const section = compiled.questionnaire.sections.find(({ id }) => id === sectionId);
  const ids = section?.questions.map(({ id }) => id) ?? [];
  return people
    .filter(({ role, revokedAt }) => role === 'contributor' && revokedAt === null)
    .filter(
      ({ scope }) => !scope || scope.sections.includes(sectionId) || ids.some((id) => scope.questions.includes(id)),
    )
    .map(({ name }) => name)
    .join('、');
}
