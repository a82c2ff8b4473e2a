import type { Transaction } from '../../../db/client.ts';
import { ownQuestions } from '../../domain/questionnaire/own-questions.ts';
import type { Services } from '../../services.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { linkAddress } from '../assessments/links.usecases.ts';
import { readParties } from '../assessments/parties.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { linesOf, questionIn } from './customer.mails.ts';
import { listVendorReaders } from './messages.store.ts';
import { type Message, threadName } from './threads.ts';

/**
 * Tells the vendor's owner and whoever wrote in the thread what the customer answered, each with the own link. The writer
 * appears as the organisation; `earlier` are the messages so far, whose last one of the vendor is quoted.
 */
export async function tellVendor(
  services: Services,
  db: Transaction,
  assessment: Assessment,
  message: Message,
  earlier: readonly Message[],
): Promise<void> {
  const { organisationId, id } = assessment;
  const { customer, vendor, service, reference, sender } = await readParties(db, organisationId, id);
  const asked = earlier.filter((one) => one.questionId === message.questionId && one.authorKind === 'respondent');
  const authors = [...new Set(asked.map(({ authorId }) => authorId))];
  const readers = await listVendorReaders(db, organisationId, id, authors);
  for (const reader of readers.filter(({ scope }) => mayRead(assessment, scope, message.questionId))) {
    const locale = reader.role === 'respondent' ? assessment.contactLocale : reader.locale;
    await services.mail.enqueue(db, organisationId, {
      assessmentId: id,
      kind: 'message',
      recipient: { name: reader.name, email: reader.email },
      locale,
      from: customer[locale],
      replyTo: { name: customer[locale], email: sender.email },
      thread: [`request-${id}`, threadName(id, message.questionId)],
      model: {
        reference,
        contactName: reader.name,
        vendorName: vendor[locale],
        customerName: customer[locale],
        serviceName: service.name,
        dueOn: reader.dueOn ?? assessment.dueOn,
        question: questionIn(assessment, message.questionId, locale),
        lines: linesOf(message.body),
        asked: linesOf(asked.at(-1)?.body ?? ''),
        link: linkAddress(services, reader.id),
      },
    });
  }
}

function mayRead(
  assessment: Assessment,
  scope: Parameters<typeof ownQuestions>[1],
  questionId: string | null,
): boolean {
  return questionId === null ? scope === null : ownQuestions(compiledSnapshot(assessment), scope).has(questionId);
}
