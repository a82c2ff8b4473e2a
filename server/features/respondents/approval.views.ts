import type { ApprovalRecord } from '../../domain/assessment/approvals.ts';
import { isOpen } from '../../domain/assessment/states.ts';
import type { InvalidField } from '../../errors.ts';
import { fieldsOf, type PostedForm } from '../../plugins/forms.ts';
import type { OpenRequest } from './open-request.usecases.ts';

/** Names of the fields of a decision, as posted. */
export const decisionFields = ['seen', 'decision', 'comment'] as const;

/** 回答者 → 確認者 → 承認者 with names and times, and what this person can do about it. */
export function approvalView(request: OpenRequest, typed: PostedForm, problems: readonly InvalidField[]) {
  const { assessment, standing, me, state } = request;
  const steps = assessment.approvalSteps;
  const { phase, waitsFor, sentBack, isVoid } = standing;
  const isOwner = me.role === 'respondent';
  const mine = waitsFor === null ? null : waitsFor === 1 ? 'checker' : 'approver';
  const lacks = isOwner && phase === 'open' ? lacking(request) : null;
  return {
    wanted: steps > 0,
    chain: chainOf(request),
    isVoid,
    sentBack: sentBack && {
      by: nameOf(request, sentBack),
      remark: sentBack.remark,
      at: sentBack.at,
      roleKey: `people.role.${sentBack.step === 1 ? 'checker' : 'approver'}`,
    },
    isOwner,
    isContributor: me.role === 'contributor',
    lacksChecker: lacks === 'checker',
    lacksApprover: lacks === 'approver',
    mayAsk: isOwner && phase === 'open' && lacks === null,
    mayDecide: mine === me.role && isOpen(state),
    isCheck: waitsFor === 1,
    isWaiting: phase === 'waiting',
    maySubmit: maySubmit(request),
    isComplete: phase === 'complete',
    owner: ownerName(request),
    fields: fieldsOf(['comment'], typed, problems),
  };
}

/** The same rule as `requireApproved`, which decides. */
function maySubmit({ standing, me, assessment }: OpenRequest): boolean {
  if (me.role === 'respondent') return standing.phase === 'none' || standing.phase === 'complete';
  return standing.phase === 'complete' && standing.given.get(assessment.approvalSteps)?.linkId === me.linkId;
}

function chainOf(request: OpenRequest) {
  const { assessment, standing, people } = request;
  const present = (role: 'checker' | 'approver') =>
    people.filter((one) => one.role === role && !one.revokedAt).map(({ name }) => name);
  const asked = {
    roleKey: 'people.role.respondent',
    names: [ownerName(request)],
    record: standing.asked,
    isNext: standing.phase === 'open',
  };
  const links = ([1, 2] as const)
    .filter((step) => step <= assessment.approvalSteps)
    .map((step) => {
      const role = step === 1 ? 'checker' : 'approver';
      const record = standing.given.get(step) ?? null;
      const names = record ? [nameOf(request, record)] : present(role);
      return { roleKey: `people.role.${role}`, names, record, isNext: standing.waitsFor === step };
    });
  return [asked, ...links].map(({ roleKey, names, record, isNext }, index) => ({
    roleKey,
    names: names.join('、'),
    at: record?.at ?? null,
    isDone: record !== null,
    isNext,
    doneKey: `approval.done.${index}`,
  }));
}

function lacking({ assessment, people }: OpenRequest): 'checker' | 'approver' | null {
  const has = (role: string) => people.some((one) => one.role === role && !one.revokedAt);
  if (assessment.approvalSteps >= 1 && !has('checker')) return 'checker';
  return assessment.approvalSteps === 2 && !has('approver') ? 'approver' : null;
}

function nameOf({ people }: OpenRequest, { linkId }: ApprovalRecord): string {
  return people.find(({ id }) => id === linkId)?.name ?? '';
}

function ownerName({ people, assessment }: OpenRequest): string {
  return people.find(({ role, revokedAt }) => role === 'respondent' && !revokedAt)?.name ?? assessment.contactName;
}
