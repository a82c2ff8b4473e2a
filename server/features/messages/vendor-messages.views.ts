import { isOpen } from '../../domain/assessment/states.ts';
import { notFound } from '../../errors.ts';
import type { Threads } from './read-threads.usecases.ts';
import { vendorThreadView } from './threads.views.ts';

/** `seesWhole`: the reader takes part in the thread about the request as a whole. */
export function vendorThreadsView(read: Threads, seesWhole: boolean) {
  const threads = read.threads.map((thread) => vendorThreadView(read, thread));
  return {
    ...frameOf(read),
    whole: threads.find(({ question }) => question === null) ?? null,
    mayWriteWhole: seesWhole && read.may('respond.message'),
    mayDecline: read.may('respond.decline'),
    threads: threads
      .filter(({ question }) => question !== null)
      .map((thread) => ({ ...thread, href: `/respond/messages/${encodeURIComponent(thread.questionId)}` })),
  };
}

/** Throws AppError 404 for a question the questionnaire does not have. */
export function vendorQuestionView(read: Threads, questionId: string) {
  const asked = read.compiled.byId.get(questionId);
  if (!asked) throw notFound();
  const { question, sectionId } = asked;
  const thread = read.threads.find((one) => one.questionId === questionId);
  return {
    ...frameOf(read),
    question: {
      id: question.id,
      text: question.text,
      intent: question.intent ?? null,
      example: question.example ?? null,
    },
    thread: thread ? vendorThreadView(read, thread) : null,
    back: isOpen(read.state)
      ? `/respond/sections/${encodeURIComponent(sectionId)}#q-${encodeURIComponent(questionId)}`
      : '/respond/messages',
    canAnswer: isOpen(read.state),
    action: `/respond/messages/${encodeURIComponent(questionId)}`,
  };
}

function frameOf({ assessment, parties, may }: Threads) {
  return {
    reference: assessment.reference,
    customer: parties.customer,
    service: parties.service.name,
    mayWrite: may('respond.message'),
  };
}
