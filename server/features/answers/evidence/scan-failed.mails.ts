import type { Transaction } from '../../../../db/client.ts';
import { isOpen } from '../../../domain/assessment/states.ts';
import { questionOf } from '../../../domain/questionnaire/own-questions.ts';
import type { Services } from '../../../services.ts';
import type { Assessment } from '../../assessments/assessment-state.usecases.ts';
import { findActiveLink } from '../../assessments/links.store.ts';
import { linkAddress } from '../../assessments/links.usecases.ts';
import { type Parties, readParties } from '../../assessments/parties.ts';
import { listReaders } from '../../messages/messages.store.ts';
import type { EvidenceFile } from '../answers.store.ts';
import { wasToldOfOutage } from './scan-failed.store.ts';

type Read = { assessment: Assessment; parties: Parties };

/**
 * Tells the contact and the customer that a scan was given up: once for as long as the scanner is away, however many files wait,
 * and not about a file or a request that nobody needs any more. The caller holds the lock of the assessment.
 */
export async function tellScanFailed(
  services: Services,
  db: Transaction,
  assessment: Assessment,
  file: EvidenceFile,
): Promise<void> {
  const isWanted = file.removedAt === null && (isOpen(assessment.state) || assessment.state === 'submitted');
  if (!isWanted || (await wasToldOfOutage(db, assessment))) return;
  const parties = await readParties(db, assessment.organisationId, assessment.id);
  await tellContact(services, db, { assessment, parties }, file);
  await tellCustomer(services, db, { assessment, parties });
}

async function tellContact(services: Services, db: Transaction, { assessment, parties }: Read, file: EvidenceFile) {
  const { organisationId, id, contactLocale: locale } = assessment;
  const link = await findActiveLink(db, organisationId, id);
  if (!link) return;
  const { customer, vendor, service, sender, reference } = parties;
  await services.mail.enqueue(db, organisationId, {
    assessmentId: id,
    kind: 'scan-failed',
    recipient: { email: assessment.contactEmail, name: assessment.contactName },
    locale,
    from: customer[locale],
    replyTo: sender,
    thread: [`request-${id}`],
    model: {
      ...{ reference, serviceName: service.name, contactName: assessment.contactName },
      ...{ customerName: customer[locale], vendorName: vendor[locale] },
      ...{ senderName: sender.name, senderEmail: sender.email },
      ...{ fileName: file.name, questionId: questionOf(file.subject), link: linkAddress(services, link.id) },
    },
  });
}

/** Without name or place of the file: before the submission these are the vendor's own business. */
async function tellCustomer(services: Services, db: Transaction, { assessment, parties }: Read) {
  const { organisationId, id, createdBy } = assessment;
  const { vendor, service, reference } = parties;
  for (const { name, email, locale } of await listReaders(db, organisationId, createdBy)) {
    await services.mail.enqueue(db, organisationId, {
      assessmentId: id,
      kind: 'scan-failed-notice',
      recipient: { name, email },
      locale,
      thread: [`request-${id}`],
      model: {
        ...{ reference, memberName: name, vendorName: vendor[locale], serviceName: service.name },
        link: `${services.config.publicUrl}/assessments/${id}`,
      },
    });
  }
}
