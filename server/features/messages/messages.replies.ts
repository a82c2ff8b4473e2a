/** Threads as the JSON API gives them to each side; every member is named here, nothing is passed through. Pure. */
import { type Static, Type } from 'typebox';
import { closed, Instant, orNull, Words, wordsOf } from '../../plugins/api-shapes.ts';
import type { Threads } from './read-threads.usecases.ts';
import type { Message, Thread } from './threads.ts';

/** Newest messages of a thread that leave at once. */
const LATEST = 100;

const kind = Type.Enum(['message', 'unclear', 'declined', 'redirected', 'resumed', 'settled']);
const message = Type.Object(
  {
    id: Type.String(),
    kind,
    from: Type.Enum(['customer', 'vendor']),
    author: orNull(Type.String({ description: 'Null where the organisation speaks as a whole' })),
    body: Type.String(),
    proposed: orNull(Type.Object({ name: Type.String(), email: Type.String() }, closed)),
    at: Instant,
  },
  closed,
);
const standing = Type.Enum(['waiting', 'answered', 'settled', 'declined'], {
  description: 'waiting: the vendor wrote last, and the customer has not answered',
});
const thread = Type.Object(
  {
    questionId: orNull(Type.String({ description: 'Null: about the request as a whole' })),
    standing,
    total: Type.Integer({ description: 'Messages of the thread' }),
    messages: Type.Array(message, { description: `The newest ${LATEST}, oldest first` }),
  },
  closed,
);
export const threadsReply = Type.Object({ customer: Words, threads: Type.Array(thread) }, closed);
type ThreadsReply = Static<typeof threadsReply>;

/** With names on both sides. */
export function customerThreads({ parties, threads }: Threads): ThreadsReply {
  return { customer: wordsOf(parties.customer), threads: threads.map((one) => threadReply(one, one.messages, nameOf)) };
}

/** Every member of the customer is the organisation, and whether it has ticked off a thread is its own affair. */
export function vendorThreads({ parties, threads }: Threads): ThreadsReply {
  const shown = (one: Thread) => one.messages.filter(({ kind }) => kind !== 'settled');
  const author = (one: Message) => (one.authorKind === 'member' ? null : one.authorName);
  return { customer: wordsOf(parties.customer), threads: threads.map((one) => threadReply(one, shown(one), author)) };
}

function threadReply(
  { questionId, standing }: Thread,
  messages: readonly Message[],
  author: (message: Message) => string | null,
): ThreadsReply['threads'][number] {
  const latest = messages.slice(-LATEST).map((one) => messageReply(one, author(one)));
  return { questionId, standing, total: messages.length, messages: latest };
}

function messageReply({ id, kind, authorKind, body, details, at }: Message, author: string | null) {
  return {
    ...{ id, kind, author, body, at: at.toISOString() },
    from: authorKind === 'member' ? ('customer' as const) : ('vendor' as const),
    proposed: kind === 'redirected' ? { name: details.name ?? '', email: details.email ?? '' } : null,
  };
}

function nameOf({ authorName }: Message): string {
  return authorName;
}
