/** Who may do what, in which state: the one table. A route that names no action of it stops the server from starting. */
import type { AssessmentState } from './states.ts';

/** `respondent` answers for the vendor; contributor, checker and approver are colleagues that person invited. */
export type RespondentRole = 'respondent' | 'contributor' | 'checker' | 'approver';
export type Role = 'owner' | 'member' | 'auditor' | RespondentRole;

export type Permission = {
  /** `anyone`: no session needed. */
  readonly roles: readonly Role[] | 'anyone';
  /** States of the assessment in which it may be done; absent: not about one assessment, or in every state. */
  readonly states?: readonly AssessmentState[];
};

const staff = ['owner', 'member'] as const;
const readers = ['owner', 'member', 'auditor'] as const;
const respondent = ['respondent'] as const;
const answering = ['respondent', 'contributor'] as const;
export const respondentRoles = ['respondent', 'contributor', 'checker', 'approver'] as const;

export const permissions = {
  'site.view': { roles: 'anyone' },
  'session.create': { roles: 'anyone' },
  'session.end': { roles: [...readers, ...respondentRoles] },
  'account.view': { roles: readers },
  'account.edit': { roles: readers },
  'members.view': { roles: ['owner'] },
  'members.edit': { roles: ['owner'] },
  /** Its logo; the settings themselves are for whoever may change them. */
  'organisation.view': { roles: readers },
  'organisation.edit': { roles: ['owner'] },
  'vendors.view': { roles: readers },
  'vendors.edit': { roles: staff },
  'questionnaires.view': { roles: readers },
  'assessments.view': { roles: readers },
  'assessments.create': { roles: staff },
  'assessments.edit': { roles: staff, states: ['draft'] },
  'assessments.send': { roles: staff, states: ['draft'] },
  'assessments.delete': { roles: staff, states: ['draft'] },
  // A reminder to a link that no longer takes answers would only annoy: extend the due date first.
  'assessments.remind': { roles: staff, states: ['sent', 'inProgress', 'returned'] },
  'assessments.extend': { roles: staff, states: ['sent', 'inProgress', 'returned', 'expired'] },
  'assessments.revoke': { roles: staff, states: ['sent', 'inProgress', 'declined', 'expired'] },
  /** What the vendor may do: advice, colleagues, earlier answers, plans. */
  'assessments.settings': { roles: staff, states: ['draft', 'sent', 'inProgress', 'returned', 'declined', 'expired'] },
  'assessments.return': { roles: staff, states: ['submitted'] },
  'assessments.withdrawReturn': { roles: staff, states: ['returned', 'expired'] },
  'assessments.resume': { roles: staff, states: ['declined'] },
  'links.view': { roles: staff, states: ['sent', 'inProgress', 'returned', 'expired', 'submitted', 'finalised'] },
  'links.edit': { roles: staff, states: ['sent', 'inProgress', 'returned', 'declined', 'expired'] },
  'assessments.review': { roles: staff, states: ['submitted'] },
  'assessments.finalise': { roles: staff, states: ['submitted'] },
  'duties.edit': {
    roles: staff,
    states: ['draft', 'sent', 'inProgress', 'returned', 'declined', 'expired', 'submitted'],
  },
  'messages.view': { roles: readers },
  'messages.write': { roles: staff, states: ['sent', 'inProgress', 'returned', 'declined', 'expired', 'submitted'] },
  'evidence.read': { roles: readers },
  'evidence.scan': { roles: staff },
  'reports.issue': { roles: staff, states: ['finalised'] },
  'reports.view': { roles: readers },
  'respond.enter': { roles: 'anyone' },
  'respond.view': {
    roles: respondentRoles,
    states: ['sent', 'inProgress', 'returned', 'declined', 'submitted', 'finalised', 'expired'],
  },
  /** The vendor's own file with all its answers and a receipt of what was disclosed. */
  'respond.export': {
    roles: respondent,
    states: ['sent', 'inProgress', 'returned', 'declined', 'submitted', 'finalised', 'expired'],
  },
  /** Questions and answers of one's own part as PDF. */
  'respond.print': {
    roles: respondentRoles,
    states: ['sent', 'inProgress', 'returned', 'declined', 'submitted', 'finalised', 'expired'],
  },
  'respond.answer': { roles: answering, states: ['sent', 'inProgress', 'returned'] },
  'respond.message': {
    roles: respondentRoles,
    states: ['sent', 'inProgress', 'returned', 'declined', 'submitted', 'expired'],
  },
  'respond.decline': { roles: respondent, states: ['sent', 'inProgress'] },
  'respond.invite': { roles: respondent, states: ['sent', 'inProgress', 'returned'] },
  'respond.requestApproval': { roles: respondent, states: ['sent', 'inProgress', 'returned'] },
  'respond.approve': { roles: ['checker', 'approver'], states: ['sent', 'inProgress', 'returned'] },
  'respond.submit': { roles: ['respondent', 'approver'], states: ['sent', 'inProgress', 'returned'] },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof permissions;

export function permissionOf(action: Action): Permission {
  return permissions[action];
}

/** Whether somebody of that role may do it at all; the state of an assessment is checked apart. */
export function roleMay(role: Role, action: Action): boolean {
  const { roles } = permissionOf(action);
  return roles === 'anyone' || roles.includes(role);
}
