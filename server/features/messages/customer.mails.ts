import type { Transaction } from '../../../db/client.ts';
import type { Services } from '../../services.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { readParties } from '../assessments/parties.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { listReaders } from './messages.store.ts';
import { type Message, threadName } from './threads.ts';

const kinds = { declined: 'declined', redirected: 'redirected' } as const;

/** Tells the member who asked what the vendor wrote; each kind of message has a mail of its own. */
export async function tellCustomer(
  services: Services,
  db: Transaction,
  assessment: Assessment,
  message: Message,
): Promise<void> {
  const { organisationId, id, createdBy } = assessment;
  const { vendor, service, reference } = await readParties(db, organisationId, id);
  const kind = kinds[message.kind as keyof typeof kinds] ?? 'vendor-message';
  for (const { name, email, locale } of await listReaders(db, organisationId, createdBy)) {
    await services.mail.enqueue(db, organisationId, {
      assessmentId: id,
      kind,
      recipient: { name, email },
      locale,
      from: vendor[locale],
      thread: [`request-${id}`, threadName(id, message.questionId)],
      model: {
        reference,
        memberName: name,
        vendorName: vendor[locale],
        serviceName: service.name,
        authorName: message.authorName,
        question: questionIn(assessment, message.questionId, locale),
        isUnclear: message.kind === 'unclear',
        lines: linesOf(message.body),
        proposed: { name: message.details.name ?? '', email: message.details.email ?? '' },
        link: `${services.config.publicUrl}/assessments/${id}/messages`,
      },
    });
  }
}

/** The question's number and words in that language; null for the request as a whole. */
export function questionIn(assessment: Assessment, questionId: string | null, locale: 'ja' | 'en') {
  const found = questionId === null ? undefined : compiledSnapshot(assessment).byId.get(questionId);
  return found ? { id: found.question.id, text: found.question.text[locale] } : null;
}

/** Line by line, so that the mail can quote them. */
export function linesOf(body: string): string[] {
  return body === '' ? [] : body.split('\n');
}
