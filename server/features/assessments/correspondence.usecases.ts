import type { Transaction } from '../../../db/client.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import type { Assessment } from './assessment-state.usecases.ts';
import * as store from './assessments.store.ts';
import { readSequence } from './due-date-event.store.ts';
import { type Correspondence, type LetterKind, letterTo, type Particulars } from './letters.ts';
import { readParties } from './parties.ts';

/** The member in whose name a letter goes out; null: the vendor's contact, whoever that is now. */
type Writer = Pick<MemberPrincipal, 'memberId'> | null;

/** Queues a letter to the contact in the caller's transaction, on behalf of `writer`; resolves to the id of its row in `mails`. */
export async function writeTo(
  services: Services,
  db: Transaction,
  writer: Writer,
  assessment: Assessment,
  kind: LetterKind,
  particulars: Particulars,
): Promise<string> {
  const about = await readCorrespondence(services, db, writer, assessment);
  return services.mail.enqueue(db, assessment.organisationId, letterTo(about, kind, services.clock.now(), particulars));
}

/** Who writes to whom about what. A draft has no snapshot yet and speaks of the published questionnaire. */
export async function readCorrespondence(
  services: Services,
  db: Transaction,
  writer: Writer,
  assessment: Assessment,
): Promise<Correspondence> {
  const { organisationId, serviceId, questionnaireId, questionnaireVersion } = assessment;
  const [organisation, found, parties, writing, sequence] = await Promise.all([
    store.readOrganisation(db, organisationId),
    store.findServiceAndVendor(db, organisationId, serviceId),
    readParties(db, organisationId, assessment.id),
    writer && store.readSender(db, organisationId, writer.memberId),
    readSequence(db, organisationId, assessment.id),
  ]);
  if (!found) throw new Error('assessments: the service of an assessment is gone');
  const questionnaire =
    assessment.questionnaire ??
    services.questionnaires.get(questionnaireId, questionnaireVersion).compiled.questionnaire;
  const host = new URL(services.config.publicUrl).hostname;
  const { sender: requester } = parties;
  return { assessment, organisation, ...found, questionnaire, sender: writing ?? requester, requester, host, sequence };
}
