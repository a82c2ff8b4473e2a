import type { InvalidField } from '../../errors.ts';
import type { Threads } from './read-threads.usecases.ts';
import type { Thread } from './threads.ts';
import { bodyField, customerThreadView } from './threads.views.ts';

/** A reply that was refused, to be shown again as it was typed. */
export type TypedReply = { questionId: string | null; text: string; problems: readonly InvalidField[] };

export function customerThreadsView(read: Threads, typed: TypedReply | null) {
  const { assessment, parties, state, may } = read;
  const href = `/assessments/${assessment.id}`;
  const whole: Thread = read.threads.find(({ questionId }) => questionId === null) ?? nothingYet;
  const form = (questionId: string | null) => fieldFor(questionId, typed);
  const shown = (thread: Thread) => ({
    ...customerThreadView(read, thread),
    body: form(thread.questionId),
    ...(thread.messages.length > 0 ? replying : beginning),
  });
  return {
    href,
    action: `${href}/messages`,
    service: parties.service.name,
    vendor: parties.vendor,
    contact: { name: assessment.contactName, email: assessment.contactEmail },
    isDeclined: state === 'declined',
    mayResume: may('assessments.resume'),
    mayWrite: may('messages.write'),
    mayChangeContact: may('links.edit'),
    whole: { ...shown(whole), redirection: redirectionOf(whole, assessment.contactEmail) },
    threads: read.threads.filter(({ questionId }) => questionId !== null).map(shown),
    errors: typed ? typed.problems.map((one) => ({ ...one, path: bodyField(typed.questionId).id })) : [],
  };
}

const replying = { bodyKey: 'messages.reply', sendKey: 'messages.sendReply' };
const beginning = { bodyKey: 'messages.write', sendKey: 'messages.sendWords' };

const nothingYet: Thread = { questionId: null, standing: 'settled', messages: [] };

function fieldFor(questionId: string | null, typed: TypedReply | null) {
  const field = bodyField(questionId);
  if (typed?.questionId !== questionId) return field;
  return { ...field, value: typed.text, error: typed.problems[0]?.message ?? null };
}

/** The latest contact the vendor has named, until it is the contact. */
function redirectionOf({ messages }: Thread, contactEmail: string) {
  const latest = messages.findLast(({ kind }) => kind === 'redirected');
  const { name = '', email = '' } = latest?.details ?? {};
  const isOpen = latest !== undefined && messages.at(-1)?.kind !== 'settled';
  return isOpen && email.toLowerCase() !== contactEmail.toLowerCase() ? { id: latest.id, name, email } : null;
}
