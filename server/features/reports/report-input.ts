import type { Transaction } from '../../../db/client.ts';
import { publicHolidays } from '../../adapters/holidays.ts';
import { addDays, tokyoDate } from '../../domain/assessment/calendar.ts';
import { countsAsEvidence, scanCode } from '../../domain/assessment/evidence-file.ts';
import type { EvidenceFile, Logo, Party, ReportInput, Signatory } from '../../domain/report/input.ts';
import type { Evaluation } from '../../domain/scoring/evaluation.ts';
import { scoreRange } from '../../domain/scoring/score-range.ts';
import { collectAnswers } from '../answers/answers.usecases.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { listTrail } from '../audit/audit.store.ts';
import { readPrintedLogo } from '../organisation/asker.usecases.ts';
import { listSubmissions } from '../rounds/list-submissions.usecases.ts';
import { historyOf } from './report-history.ts';
import { readMember, readParties, readPreviousEvaluation } from './reports.store.ts';

type Issue = { number: string; version: string; issuedAt: Date; preparedBy: string; evaluation: Evaluation };
type Parties = NonNullable<Awaited<ReturnType<typeof readParties>>>;
type Collected = Awaited<ReturnType<typeof collectAnswers>>;

/** Everything a report is made from, as it stands in the database in this transaction. */
export async function readReportInput(db: Transaction, assessment: Assessment, issue: Issue): Promise<ReportInput> {
  const { organisationId } = assessment;
  const parties = await readParties(db, organisationId, assessment.serviceId);
  if (!parties) throw new Error(`assessment ${assessment.id} has no service`);
  const collected = await collectAnswers(db, organisationId, assessment.id);
  const submissions = await listSubmissions(db, assessment);
  const previous = await readPreviousEvaluation(db, assessment);
  const member = await readMember(db, organisationId, issue.preparedBy);
  return {
    number: issue.number,
    version: issue.version,
    issuedAt: issue.issuedAt.toISOString(),
    questionnaire: compiledSnapshot(assessment).questionnaire,
    questionnaireHash: assessment.questionnaireHash,
    evaluation: issue.evaluation,
    ...rangeOf(assessment, issue.evaluation, collected),
    ...partiesOf(parties, assessment, await readPrintedLogo(db, organisationId)),
    assessment: datesOf(assessment),
    ...(assessment.attestation ? { attestation: assessment.attestation } : {}),
    ...(member ? { preparedBy: signatory(member, issue.issuedAt) } : {}),
    evidenceFiles: evidenceFiles(collected),
    withheld: collected.rows.flatMap(({ questionId, withheld }) =>
      withheld === '' ? [] : [{ subject: questionId, reason: withheld }],
    ),
    reviews: collected.reviews.map(reviewOf),
    duties: assessment.customerDuties,
    history: historyOf(await listTrail(db, organisationId, assessment.id)),
    rounds: submissions.map((one) => ({ ...one, submittedAt: one.submittedAt.toISOString() })),
    ...(previous ? { previous: { reference: previous.reference, ...previous.result } } : {}),
    holidays: publicHolidays(issue.evaluation.asOf, addDays(issue.evaluation.asOf, 100)),
  };
}

function partiesOf({ organisation, vendor, service }: Parties, assessment: Assessment, logo: Logo | undefined) {
  const isEntrustee = assessment.customerIsEntrustee;
  return {
    organisation: { name: organisation.name, ...english(organisation), isEntrustee, ...(logo ? { logo } : {}) },
    vendor: {
      name: vendor.name,
      ...english(vendor),
      ...(vendor.corporateNumber ? { corporateNumber: vendor.corporateNumber } : {}),
      ...(vendor.address ? { address: vendor.address } : {}),
    },
    service: {
      name: service.name,
      ...(service.version ? { version: service.version } : {}),
      deliveryModel: service.deliveryModel,
      ...(service.entrustedWork ? { entrustedWork: service.entrustedWork } : {}),
      dataItems: service.dataItems,
      ...(service.dataSubjects === null ? {} : { dataSubjects: service.dataSubjects }),
      criticality: service.criticality,
    },
    parties: chainOf(organisation, vendor, isEntrustee),
  };
}

type Named = { name: string; nameEn: string | null };

/** The chain of entrustment; an entrustee such as a 社労士事務所 has its own clients in front of it. */
function chainOf(organisation: Named, vendor: Named, isEntrustee: boolean): Party[] {
  const clients: Party = { role: 'firstEntrustor', name: '顧問先・委託者', nameEn: 'Clients of the customer' };
  return [
    ...(isEntrustee ? [clients] : []),
    { role: 'customer', name: organisation.name, ...english(organisation) },
    { role: 'vendor', name: vendor.name, ...english(vendor) },
  ];
}

function english({ nameEn }: { nameEn: string | null }): { nameEn?: string } {
  return nameEn ? { nameEn } : {};
}

function datesOf(assessment: Assessment): ReportInput['assessment'] {
  const iso = (moment: Date | null) => moment?.toISOString();
  const { sentAt, finalisedAt } = assessment;
  return {
    reference: assessment.reference,
    ...(sentAt ? { sentAt: iso(sentAt) } : {}),
    ...(assessment.submittedAt ? { submittedAt: iso(assessment.submittedAt) } : {}),
    ...(finalisedAt ? { finalisedAt: iso(finalisedAt) } : {}),
    dueOn: assessment.dueOn,
    ...(sentAt && finalisedAt ? { period: { from: tokyoDate(sentAt), to: tokyoDate(finalisedAt) } } : {}),
  };
}

function signatory(member: { name: string; title: string }, at: Date): Signatory {
  return { name: member.name, ...(member.title ? { title: member.title } : {}), at: at.toISOString() };
}

function evidenceFiles({ files, reviews }: Collected): EvidenceFile[] {
  const states = new Map(reviews.map((review) => [review.subject, review.evidenceState]));
  return files.map((file) => ({
    id: file.id,
    subject: file.subject,
    name: file.name,
    size: file.size,
    mediaType: file.mediaType,
    sha256: file.sha256,
    uploadedAt: file.uploadedAt.toISOString(),
    uploadedBy: file.uploadedBy,
    // A mark is about the subject: what was deleted is not what was verified.
    state: countsAsEvidence(file) ? (states.get(file.subject) ?? 'attached') : 'rejected',
    ...(file.effectiveOn ? { effectiveOn: file.effectiveOn } : {}),
    ...(file.expiresOn ? { expiresOn: file.expiresOn } : {}),
    scan: scanCode(file),
  }));
}

/** What conditions nobody settled could have changed; they were counted as not met. */
function rangeOf(
  assessment: Assessment,
  { asOf, mode }: Evaluation,
  { effective }: Collected,
): Pick<ReportInput, 'range'> {
  const context = { customerIsEntrustee: assessment.customerIsEntrustee };
  const range = scoreRange(compiledSnapshot(assessment), { asOf, mode, context, answers: effective });
  return range ? { range } : {};
}

function reviewOf(review: Collected['reviews'][number]) {
  const { subject, evidenceState, naRejected, reason, remark, conditionReason } = review;
  return {
    subject,
    ...(evidenceState ? { evidenceState } : {}),
    naRejected,
    ...(conditionReason ? { conditionReason } : {}),
    remark: [reason, remark].filter(Boolean).join(' '),
  };
}
