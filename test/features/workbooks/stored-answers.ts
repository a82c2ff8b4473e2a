import { answers } from '../../../db/schema/index.ts';
import type { Answer } from '../../../server/domain/questionnaire/answer.ts';
import type { TestServices } from '../../support/services.ts';
import type { SentAssessment } from '../answers/sent-assessment.ts';

/** Answers as they stand in the database, put there at once. */
export async function storeAnswers(
  services: TestServices,
  { organisationId, assessmentId }: SentAssessment,
  given: Readonly<Record<string, Answer>>,
): Promise<void> {
  const rows = Object.entries(given).map(([questionId, { value, naReason = '', comment = '', plan, conditional }]) => ({
    organisationId,
    assessmentId,
    questionId,
    revision: 1,
    value: Array.isArray(value) && typeof value[0] === 'object' ? value.map(withoutEvidence) : (value ?? null),
    naReason,
    comment,
    plan: plan ?? null,
    conditional: conditional ?? null,
    updatedAt: services.clock.now(),
    updatedBy: '田中太郎',
  }));
  await services.database.inOrganisation(organisationId, async (db) => {
    await db.insert(answers).values(rows as (typeof answers.$inferInsert)[]);
  });
}

function withoutEvidence(record: object): object {
  const { evidence: _, ...fields } = record as { evidence?: unknown };
  return fields;
}
