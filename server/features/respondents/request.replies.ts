/** The request as the JSON API gives it to a vendor; every member is named here, nothing is passed through. Pure. */
import { type Static, Type } from 'typebox';
import { closed, Day, Instant, orNull, Words, wordsOf } from '../../plugins/api-shapes.ts';
import { fingerprint } from '../people/fingerprint.ts';
import { approvalView } from './approval.views.ts';
import { handingIn } from './handing-in.ts';
import type { OpenRequest } from './open-request.usecases.ts';
import { requestView } from './request.views.ts';
import { roundView } from './round.views.ts';

const named = { questionId: Type.String(), text: Words };
const returned = Type.Object(
  {
    note: Type.String(),
    questions: Type.Array(Type.Object({ ...named, reason: Type.String(), isChanged: Type.Boolean() }, closed)),
    missing: Type.Array(Type.String(), { description: 'Questions that have come to apply and have no answer' }),
  },
  { ...closed, description: 'What was given back to be answered again' },
);
export const requestReply = Type.Object(
  {
    reference: Type.String(),
    state: Type.String(),
    round: Type.Integer(),
    customer: Words,
    vendor: Words,
    service: Type.Object({ name: Type.String(), version: Type.String() }, closed),
    contact: Type.Object({ name: Type.String(), title: Type.String(), email: Type.String() }, closed),
    questionnaire: Words,
    purpose: Type.String(),
    dueOn: Day,
    lastDay: Day,
    submittedAt: orNull(Instant),
    receiptNumber: orNull(Type.String()),
    me: Type.Object({ name: Type.String(), role: Type.String() }, closed),
    returned: orNull(returned),
  },
  closed,
);

const sentBack = Type.Object({ by: Type.String(), comment: Type.String(), at: Instant }, closed);
export const standingReply = Type.Object(
  {
    seen: Type.String({
      description: 'Fingerprint of answers and files: give it back with what you declare about them',
    }),
    questions: Type.Integer({ description: 'That apply' }),
    missing: Type.Array(Type.String(), { description: 'Without an answer' }),
    unchanged: Type.Array(Type.String(), { description: 'Returned, and still as they were' }),
    approval: Type.Object(
      {
        phase: Type.Enum(['none', 'open', 'waiting', 'complete']),
        waitsFor: orNull(Type.Enum(['checker', 'approver'])),
        isVoid: Type.Boolean({ description: 'Something was approved, and changed since' }),
        sentBack: orNull(sentBack),
        mayDecide: Type.Boolean(),
        maySubmit: Type.Boolean(),
      },
      closed,
    ),
  },
  closed,
);

export function requestOf(open: OpenRequest): Static<typeof requestReply> {
  const { assessment, state, me } = open;
  const shown = requestView(open);
  const { reference, service, sender, purpose, dueOn, lastDay, round, receiptNumber } = shown;
  return {
    ...{ reference, state, round, purpose, dueOn, lastDay, receiptNumber: receiptNumber ?? null },
    customer: wordsOf(shown.customer),
    vendor: wordsOf(shown.vendor),
    service: { name: service.name, version: service.version },
    contact: { name: sender.name, title: sender.title, email: sender.email },
    questionnaire: wordsOf(shown.questionnaireTitle),
    submittedAt: assessment.submittedAt?.toISOString() ?? null,
    me: { name: me.name, role: me.role },
    returned: returnedOf(open),
  };
}

/** How far the answers are from being handed in, of this person's part. */
export function standingOf(open: OpenRequest): Static<typeof standingReply> {
  const { compiled, collected, returned, own, standing } = open;
  const given = handingIn(compiled, collected, returned);
  const { isVoid, sentBack, mayDecide, maySubmit } = approvalView(open, {}, []);
  const waitsFor = standing.waitsFor === null ? null : standing.waitsFor === 1 ? 'checker' : 'approver';
  return {
    seen: fingerprint(collected),
    questions: given.shown.filter(({ question }) => own.has(question.id)).length,
    missing: given.missing.map(({ question }) => question.id).filter((id) => own.has(id)),
    unchanged: (given.round?.unchanged ?? []).filter((id) => own.has(id)),
    approval: {
      ...{ phase: standing.phase, waitsFor, isVoid, mayDecide, maySubmit },
      sentBack: sentBack && { by: sentBack.by, comment: sentBack.remark, at: sentBack.at.toISOString() },
    },
  };
}

function returnedOf(open: OpenRequest): Static<typeof requestReply>['returned'] {
  const round = roundView(open);
  if (!round) return null;
  return {
    note: round.note,
    questions: round.questions.map(({ id, text, reason, isChanged }) => {
      return { questionId: id, text: wordsOf(text), reason, isChanged };
    }),
    missing: round.missing.map(({ id }) => id),
  };
}
