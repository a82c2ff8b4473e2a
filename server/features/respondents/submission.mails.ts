import type { Transaction } from '../../../db/client.ts';
import type { Locale } from '../../adapters/template-helpers.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import type { Services } from '../../services.ts';
import type { CollectedAnswers } from '../answers/answers.usecases.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { linkAddress } from '../assessments/links.usecases.ts';
import { type Parties, readParties } from '../assessments/parties.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { listReaders } from '../messages/messages.store.ts';
import { answeredSections } from './answered-sections.views.ts';
import { openQuestions } from './open-questions.ts';
import type { ReceiptReader } from './receipt-readers.ts';

type Submitted = { assessment: Assessment; collected: CollectedAnswers };

/** The vendor's own copy: every question that applied with its answer, and nothing that was made of them. */
export async function mailReceipt(
  services: Services,
  db: Transaction,
  { assessment, collected, to }: Submitted & { to: ReceiptReader },
): Promise<void> {
  const { locale } = to;
  const compiled = compiledSnapshot(assessment);
  const submittedOn = tokyoDate(assessment.submittedAt ?? services.clock.now());
  const parties = await readParties(db, assessment.organisationId, assessment.id);
  await services.mail.enqueue(db, assessment.organisationId, {
    assessmentId: assessment.id,
    kind: 'receipt',
    recipient: { email: to.email, name: to.name },
    locale,
    from: parties.customer[locale],
    replyTo: parties.sender,
    thread: [`request-${assessment.id}`],
    enclosure: { assessmentId: assessment.id, round: assessment.round, locale },
    model: {
      ...headOf({ assessment, collected }, parties, locale),
      contactName: to.name,
      senderName: parties.sender.name,
      senderEmail: parties.sender.email,
      questionnaireTitle: compiled.questionnaire.title[locale],
      link: linkAddress(services, to.linkId),
      sections: answeredSections(compiled, collected, submittedOn).map(({ title, items }) => ({
        title: title[locale],
        items: items.map(({ id, text, lines, naReason, comment, addOns, withheld, files }) => ({
          id,
          text: text[locale],
          lines: lines.map((line) => line[locale]),
          naReason,
          comment,
          addOns: addOns.map((line) => line[locale]),
          withheld,
          files,
        })),
      })),
    },
  });
}

/** Tells the member who asked, or the owners in that member's place, that there is something to review. */
export async function mailNotice(services: Services, db: Transaction, submitted: Submitted): Promise<void> {
  const { assessment, collected } = submitted;
  const parties = await readParties(db, assessment.organisationId, assessment.id);
  const { organisationId, id, createdBy } = assessment;
  for (const { name, email, locale } of await listReaders(db, organisationId, createdBy)) {
    await services.mail.enqueue(db, organisationId, {
      assessmentId: id,
      kind: 'submitted',
      recipient: { email, name },
      locale,
      from: parties.vendor[locale],
      thread: [`request-${id}`],
      model: {
        ...headOf(submitted, parties, locale),
        memberName: name,
        vendorName: parties.vendor[locale],
        files: collected.files.length,
        link: `${services.config.publicUrl}/assessments/${id}`,
      },
    });
  }
}

function headOf({ assessment, collected }: Submitted, { customer, service, reference }: Parties, locale: Locale) {
  const { shown, unanswered } = openQuestions(compiledSnapshot(assessment), collected.answers);
  return {
    reference,
    receiptNumber: assessment.receiptNumber,
    submittedAt: assessment.submittedAt,
    round: assessment.round,
    isAgain: assessment.round > 1,
    remark: assessment.attestation?.remark ?? '',
    customerName: customer[locale],
    serviceName: service.name,
    attestedName: assessment.attestation?.name,
    attestedTitle: assessment.attestation?.title,
    applicable: shown.length,
    answered: shown.length - unanswered.length,
  };
}
