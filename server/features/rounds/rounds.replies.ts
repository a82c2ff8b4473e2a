/** Submissions and what changed between them, as both sides may read them over JSON. Pure. */
import { type Static, Type } from 'typebox';
import type { PartWords } from '../../domain/round/change-words.ts';
import { closed, Day, Instant, orNull, Words, wordsOf } from '../../plugins/api-shapes.ts';
import type { Comparison } from './compare-rounds.usecases.ts';

const round = { number: Type.Integer(), submittedAt: Instant, receiptNumber: Type.String() };
const lines = orNull(Type.Array(Words));
const change = Type.Object(
  {
    questionId: Type.String(),
    text: Words,
    parts: Type.Array(Type.Object({ what: Words, from: lines, to: lines }, closed)),
    filesAdded: Type.Array(Type.String()),
    filesRemoved: Type.Array(Type.String()),
    isGone: Type.Boolean({ description: 'It applied before and does not any more' }),
  },
  closed,
);

export const comparisonReply = Type.Object(
  {
    ...round,
    attestation: Type.Object({ name: Type.String(), title: Type.String(), comment: Type.String() }, closed),
    note: Type.String({ description: 'What the customer wrote when it returned the answers' }),
    dueOn: orNull(Day),
    returned: Type.Array(
      Type.Object({ questionId: Type.String(), text: Words, reason: Type.String(), isChanged: Type.Boolean() }, closed),
    ),
    changes: Type.Array(change),
    rounds: Type.Array(Type.Object(round, closed)),
  },
  closed,
);

export function comparisonOf(read: Comparison): Static<typeof comparisonReply> {
  const { attestation, note, dueOn } = read;
  const { name, title, remark } = attestation;
  return {
    ...{ ...roundOf(read), note, dueOn },
    attestation: { name, title, comment: remark },
    returned: read.returned.map(({ id, text, reason, isChanged }) => {
      return { questionId: id, text: wordsOf(text), reason, isChanged };
    }),
    changes: read.changes.map(({ id, text, parts, added, removed, isGone }) => {
      const files = { filesAdded: [...added], filesRemoved: [...removed] };
      return { questionId: id, text: wordsOf(text), parts: parts.map(partOf), ...files, isGone };
    }),
    rounds: read.rounds.map(roundOf),
  };
}

function roundOf({ number, submittedAt, receiptNumber }: Pick<Comparison, 'number' | 'submittedAt' | 'receiptNumber'>) {
  return { number, submittedAt: submittedAt.toISOString(), receiptNumber };
}

function partOf({ what, from, to }: PartWords) {
  return { what: wordsOf(what), from: from?.map(wordsOf) ?? null, to: to?.map(wordsOf) ?? null };
}
