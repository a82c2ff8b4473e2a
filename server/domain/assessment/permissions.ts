/** Who may do what, in which state: the one table. A route that names no action of it stops the server from starting. */
import type { AssessmentState } from './states.ts';

export type Role = 'owner' | 'member' | 'auditor' | 'respondent';

export type Permission = {
  /** `anyone`: no session needed. */
  readonly roles: readonly Role[] | 'anyone';
  /** States of the assessment in which it may be done; absent: not about one assessment, or in every state. */
  readonly states?: readonly AssessmentState[];
};

const staff = ['owner', 'member'] as const;
const readers = ['owner', 'member', 'auditor'] as const;
const respondent = ['respondent'] as const;

export const permissions = {
  'site.view': { roles: 'anyone' },
  'session.create': { roles: 'anyone' },
  'session.end': { roles: [...readers, 'respondent'] },
  'account.view': { roles: readers },
  'account.edit': { roles: readers },
  'members.view': { roles: ['owner'] },
  'members.edit': { roles: ['owner'] },
  'vendors.view': { roles: readers },
  'vendors.edit': { roles: staff },
  'questionnaires.view': { roles: readers },
  'assessments.view': { roles: readers },
  'assessments.create': { roles: staff },
  'assessments.edit': { roles: staff, states: ['draft'] },
  'assessments.send': { roles: staff, states: ['draft'] },
  'assessments.delete': { roles: staff, states: ['draft'] },
  // A reminder to a link that no longer takes answers would only annoy: extend the due date first.
  'assessments.remind': { roles: staff, states: ['sent', 'inProgress'] },
  'assessments.extend': { roles: staff, states: ['sent', 'inProgress', 'expired'] },
  'assessments.revoke': { roles: staff, states: ['sent', 'inProgress', 'expired'] },
  'links.view': { roles: staff, states: ['sent', 'inProgress', 'expired', 'submitted', 'finalised'] },
  'links.edit': { roles: staff, states: ['sent', 'inProgress', 'expired'] },
  'assessments.review': { roles: staff, states: ['submitted'] },
  'assessments.finalise': { roles: staff, states: ['submitted'] },
  'duties.edit': { roles: staff, states: ['draft', 'sent', 'inProgress', 'expired', 'submitted'] },
  'evidence.read': { roles: readers },
  'reports.issue': { roles: staff, states: ['finalised'] },
  'reports.view': { roles: readers },
  'respond.enter': { roles: 'anyone' },
  'respond.view': { roles: respondent, states: ['sent', 'inProgress', 'submitted', 'finalised', 'expired'] },
  'respond.answer': { roles: respondent, states: ['sent', 'inProgress'] },
  'respond.submit': { roles: respondent, states: ['sent', 'inProgress'] },
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
