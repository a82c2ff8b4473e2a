import { type Action, permissionOf, type Role, roleMay } from '../../domain/assessment/permissions.ts';
import type { readOverview } from './overview.usecases.ts';

type Overview = Pick<Awaited<ReturnType<typeof readOverview>>, 'assessment' | 'state' | 'hasLink'>;

/** Which actions the page of an assessment offers: the permission table asked for this role and state. `failed`: its newest mail. */
export function abilities({ assessment, state, hasLink }: Overview, role: Role, failed: boolean) {
  const isReturned = assessment.state === 'returned';
  const may = (action: Action) => roleMay(role, action) && (permissionOf(action).states?.includes(state) ?? true);
  const abilities = {
    send: may('assessments.send'),
    edit: may('assessments.edit'),
    delete: may('assessments.delete'),
    remind: may('assessments.remind') && hasLink,
    settings: may('assessments.settings'),
    extend: may('assessments.extend') && hasLink,
    showLink: may('links.view') && hasLink,
    changeContact: may('links.edit'),
    revokeLink: may('links.edit') && hasLink,
    revoke: may('assessments.revoke') && !isReturned,
    withdrawReturn: may('assessments.withdrawReturn') && isReturned,
    messages: state !== 'draft',
    resume: may('assessments.resume'),
    duties: may('duties.edit'),
    readAnswers: assessment.submittedAt !== null,
    finalise: may('assessments.finalise'),
    report: state === 'finalised',
    issueReport: may('reports.issue'),
  };
  const manage = manages.some((name) => abilities[name]);
  const urgent = {
    resend: failed && abilities.remind,
    replaceLink: !hasLink && abilities.changeContact,
    reopen: state === 'expired' && abilities.extend,
  };
  return { ...abilities, ...urgent, manage, next: manage || abilities.send || abilities.readAnswers };
}

/** What stands under "manage" on the page. */
const manages = [
  'settings',
  'remind',
  'extend',
  'showLink',
  'changeContact',
  'revokeLink',
  'revoke',
  'withdrawReturn',
] as const;
