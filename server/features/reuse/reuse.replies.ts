/** Earlier answers as the JSON API gives them to the vendor, whose own they are. Pure. */
import { type Static, Type } from 'typebox';
import type { GivenAnswer } from '../../domain/reuse/given-answer.ts';
import { closed, Day, orNull, Words, wordsOf } from '../../plugins/api-shapes.ts';
import type { Prefill } from '../prefills/offers.usecases.ts';
import type { OfferedMaster } from './offer-master.usecases.ts';
import type { Reuse } from './reuse.usecases.ts';

const source = Type.Object(
  {
    kind: Type.Enum(['previous', 'master']),
    label: Type.String(),
    on: Day,
    reworded: Type.Boolean(),
    asked: orNull(Type.Object({ id: Type.String(), text: Words }, closed)),
  },
  closed,
);
const offer = Type.Object(
  {
    questionId: Type.String(),
    source,
    value: Type.Unknown(),
    naReason: Type.String(),
    comment: Type.String(),
    withheld: Type.String(),
    plan: orNull(Type.Object({ by: Day, measure: Type.String() }, closed)),
    conditional: orNull(Type.Object({ value: Type.Unknown(), condition: Type.String() }, closed)),
    decision: orNull(Type.Enum(['adopted', 'dismissed'])),
  },
  closed,
);
export const offersReply = Type.Object({ prefills: Type.Array(offer) }, closed);

const about = { questionId: Type.String(), text: Words };
export const outcomeReply = Type.Object(
  {
    offered: Type.Array(Type.Object({ ...about, on: Day }, closed)),
    misfits: Type.Array(Type.Object({ ...about, why: Words }, closed)),
    unmatched: Type.Array(Type.Object(about, closed), {
      description: 'Answers to questions this request does not ask',
    }),
    answered: Type.Integer({ description: 'Left alone, because there is an answer already' }),
    newer: Type.Integer({ description: 'Left alone, because something newer is offered' }),
  },
  closed,
);

export function offersOf({ offers }: Reuse): Static<typeof offersReply> {
  return { prefills: [...offers.values()].map(offerOf) };
}

export function outcomeOf(outcome: OfferedMaster): Static<typeof outcomeReply> {
  const { offered, misfits, unmatched, answered, newer } = outcome;
  return {
    offered: offered.map(({ question, given }) => ({ ...aboutOf(question.id, question.text), on: given.on })),
    misfits: misfits.map(({ question, why }) => ({ ...aboutOf(question.id, question.text), why: wordsOf(why) })),
    unmatched: unmatched.map(({ question, text }) => aboutOf(question, text)),
    ...{ answered, newer },
  };
}

function offerOf(offer: Prefill): Static<typeof offersReply>['prefills'][number] {
  const { questionId, value, naReason, comment, withheld, plan, conditional, decision } = offer;
  const { kind, label, on, reworded = false, asked } = offer.source;
  return {
    ...{ questionId, value, naReason, comment, withheld, decision },
    source: { kind, label, on, reworded, asked: asked ? { id: asked.id, text: wordsOf(asked.text) } : null },
    plan: plan && { by: plan.by, measure: plan.measure },
    conditional: conditional && { value: conditional.value, condition: conditional.condition },
  };
}

function aboutOf(questionId: string, text: GivenAnswer['text']) {
  return { questionId, text: wordsOf(text) };
}
