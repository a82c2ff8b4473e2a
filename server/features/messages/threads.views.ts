import type { Localized } from '../../domain/questionnaire/questionnaire.ts';
import type { FormField } from '../../plugins/forms.ts';
import type { Threads } from './read-threads.usecases.ts';
import type { Message, Thread } from './threads.ts';

const tones = { waiting: 'progress', answered: 'good', settled: 'neutral', declined: 'warning' } as const;
const customerTones = { ...tones, waiting: 'warning', answered: 'good' } as const;

/** For the vendor: every member of the customer is the organisation. */
export function vendorThreadView(read: Threads, thread: Thread) {
  const { customer } = read.parties;
  return {
    ...headOf(read, thread),
    tone: tones[thread.standing],
    standingKey: `messages.vendor.${thread.standing}`,
    messages: thread.messages
      // Whether the customer has ticked off a thread is its own affair.
      .filter(({ kind }) => kind !== 'settled')
      .map((message) => messageView(message, message.authorKind === 'member' ? customer : null)),
  };
}

/** For the customer: names on both sides. */
export function customerThreadView(read: Threads, thread: Thread) {
  return {
    ...headOf(read, thread),
    tone: customerTones[thread.standing],
    standingKey: `messages.customer.${thread.standing}`,
    isWaiting: thread.standing === 'waiting',
    isSettled: thread.standing === 'settled',
    messages: thread.messages.map((message) => messageView(message, null)),
  };
}

export type ThreadField = FormField;

/** Control of a reply; its id tells the threads of one page apart. */
export function bodyField(questionId: string | null): FormField {
  return { id: `body-${questionId ?? 'request'}`, name: 'body', value: '', error: null };
}

function headOf({ compiled }: Threads, { questionId }: Thread) {
  const question = questionId === null ? null : compiled.byId.get(questionId)?.question;
  return {
    anchor: anchorOf(questionId),
    questionId: questionId ?? '',
    question: question ? { id: question.id, text: question.text } : null,
  };
}

export function anchorOf(questionId: string | null): string {
  return `thread-${questionId ?? 'request'}`;
}

/** `organisation` null: the author is named. */
function messageView({ kind, authorKind, authorName, body, details, at, id }: Message, organisation: Localized | null) {
  return {
    id,
    kindKey: `messages.kind.${kind}`,
    isPlain: kind === 'message',
    isOurs: authorKind === 'respondent',
    organisation,
    author: organisation ? '' : authorName,
    body,
    proposed: kind === 'redirected' ? { name: details.name ?? '', email: details.email ?? '' } : null,
    at,
  };
}
