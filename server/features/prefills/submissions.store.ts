import { and, asc, desc, eq, gte, inArray, isNotNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { answers, assessments, evidenceFiles, rounds, services } from '../../../db/schema/index.ts';
import { type SubmittedAnswers, submittedAnswers } from '../../domain/round/submitted.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';

export type Submission = {
  assessment: Assessment;
  /** Name of the service it was about. */
  service: string;
  submittedAt: Date;
  answers: SubmittedAnswers;
  /** Names of the files it names by id. */
  files: ReadonlyMap<string, { name: string; sha256: string }>;
};

/**
 * The newest submission of the same questionnaire by the same vendor to the same customer between the two moments: about the same
 * service if there is one, else about another. Row-level security and the condition both keep it within one organisation.
 */
export async function findSubmission(
  db: Transaction,
  { organisationId, id, serviceId, questionnaireId }: Assessment,
  { since, before }: { since: Date; before: Date },
): Promise<Submission | null> {
  const [{ vendorId } = { vendorId: '' }] = await db
    .select({ vendorId: services.vendorId })
    .from(services)
    .where(and(eq(services.organisationId, organisationId), eq(services.id, serviceId)));
  const [found] = await db
    .select({ assessment: assessments, service: services.name })
    .from(assessments)
    .innerJoin(
      services,
      and(eq(services.organisationId, assessments.organisationId), eq(services.id, assessments.serviceId)),
    )
    .where(
      and(
        eq(assessments.organisationId, organisationId),
        ne(assessments.id, id),
        eq(assessments.questionnaireId, questionnaireId),
        or(eq(assessments.serviceId, serviceId), eq(services.vendorId, vendorId)),
        inArray(assessments.state, ['submitted', 'returned', 'finalised']),
        isNotNull(assessments.submittedAt),
        gte(assessments.submittedAt, since),
        lt(assessments.submittedAt, before),
      ),
    )
    .orderBy(desc(sql`${assessments.serviceId} = ${serviceId}`), desc(assessments.submittedAt), desc(assessments.id))
    .limit(1);
  return found ? withAnswers(db, found) : null;
}

type Found = { assessment: Assessment; service: string };

async function withAnswers(db: Transaction, { assessment, service }: Found): Promise<Submission | null> {
  const { organisationId, id: assessmentId, submittedAt } = assessment;
  const [[round], fileRows] = await Promise.all([
    db
      .select()
      .from(rounds)
      .where(and(eq(rounds.organisationId, organisationId), eq(rounds.assessmentId, assessmentId)))
      .orderBy(desc(rounds.round))
      .limit(1),
    filesOf(db, organisationId, assessmentId),
  ]);
  const files = new Map(fileRows.map(({ id, name, sha256 }) => [id, { name, sha256 }]));
  if (round) return { assessment, service, submittedAt: round.submittedAt, answers: round.answers, files };
  // Submitted before submissions were kept: what is stored is what was handed in, unless it was returned since.
  if (assessment.state === 'returned' || !submittedAt) return null;
  const rows = await db
    .select()
    .from(answers)
    .where(and(eq(answers.organisationId, organisationId), eq(answers.assessmentId, assessmentId)));
  const handedIn = submittedAnswers(
    rows.map(({ questionId }) => questionId),
    rows,
    fileRows.filter(({ removedAt }) => removedAt === null),
  );
  return { assessment, service, submittedAt, answers: handedIn, files };
}

function filesOf(db: Transaction, organisationId: string, assessmentId: string) {
  return db
    .select()
    .from(evidenceFiles)
    .where(and(eq(evidenceFiles.organisationId, organisationId), eq(evidenceFiles.assessmentId, assessmentId)))
    .orderBy(asc(evidenceFiles.uploadedAt), asc(evidenceFiles.id));
}
