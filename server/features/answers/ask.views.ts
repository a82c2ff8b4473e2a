import type { ThreadNote } from '../messages/threads.ts';

/**
 * What stands below a question about asking back: how its thread stands, and the ways to ask. `isRefused`: the answer typed could
 * not be saved; asking then must not wait until it can.
 */
export function askView(questionId: string, note: ThreadNote | undefined, isRefused: boolean) {
  return {
    id: questionId,
    href: `/respond/messages/${encodeURIComponent(questionId)}`,
    noteKey: note ? noteKey(note) : null,
    asked: note?.asked ?? 0,
    isAnswered: note?.standing === 'answered',
    isUnclear: note?.isUnclear ?? false,
    isRefused,
  };
}

function noteKey({ asked, standing }: ThreadNote): string | null {
  if (asked > 0) return `messages.note.${standing}`;
  return standing === 'answered' ? 'messages.note.fromCustomer' : null;
}
