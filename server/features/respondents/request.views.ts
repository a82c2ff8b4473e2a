import { isOpen, lastOpenDay } from '../../domain/assessment/states.ts';
import type { OpenRequest } from './open-request.usecases.ts';

/** Who asks whom, about what, until when: the part every page of a request shows. */
export function requestView({ assessment, state, parties, compiled, people, me }: OpenRequest) {
  const { customer, sender, vendor, service } = parties;
  const ownDue = people.find(({ id }) => id === me.linkId)?.dueOn ?? null;
  return {
    reference: assessment.reference,
    questionnaireTitle: compiled.questionnaire.title,
    customer,
    vendor,
    service,
    sender: { name: sender.name, title: sender.title, email: sender.email },
    purpose: assessment.purpose,
    dueOn: ownDue ?? assessment.dueOn,
    hasOwnDue: ownDue !== null,
    lastDay: lastOpenDay(assessment),
    isOpen: isOpen(state),
    isOwner: me.role === 'respondent',
    isContributor: me.role === 'contributor',
    mayAnswer: mayAnswer(me),
    isExpired: state === 'expired',
    isDeclined: state === 'declined',
    isSubmitted: state === 'submitted' || state === 'finalised',
    round: assessment.round,
    isLaterRound: assessment.round > 1,
    receiptNumber: assessment.receiptNumber,
    submittedAt: assessment.submittedAt,
  };
}

/** Checkers and approvers read every answer and change none. */
export function mayAnswer({ role }: OpenRequest['me']): boolean {
  return role === 'respondent' || role === 'contributor';
}
