import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { assessments, rounds } from '../../../db/schema/index.ts';
import type { SubmittedAnswer } from '../../../server/domain/round/submitted.ts';
import type { Services } from '../../../server/services.ts';
import type { TestApp } from '../../support/app.ts';
import { type SentAssessment, sentAssessment } from './sent-assessment.ts';

type Options = Parameters<typeof sentAssessment>[2];

/** Columns of an assessment that asks the newest vendor questionnaire. */
export function asksNewest(services: Services): NonNullable<Options> {
  const { compiled, hash } = services.questionnaires.get('jp-cloud-ppc', '1.1.0');
  const { questionnaire } = compiled;
  return {
    questionnaire,
    questionnaireId: questionnaire.id,
    questionnaireVersion: questionnaire.version,
    questionnaireHash: hash,
  };
}

export function advisedAssessment({ app, services }: TestApp, options: Options = {}): Promise<SentAssessment> {
  return sentAssessment(app, services, { ...asksNewest(services), ...options });
}

/** Another assessment of the same organisation, handed in on `submittedAt`; about the same service unless told otherwise. */
export async function submittedBefore(
  { services }: TestApp,
  { organisationId, assessmentId }: SentAssessment,
  values: Readonly<Record<string, SubmittedAnswer['value']>>,
  { submittedAt = '2025-11-20T10:00:00+09:00', serviceId }: { submittedAt?: string; serviceId?: string } = {},
): Promise<void> {
  const answers = Object.entries(values).map(([id, value]) => [id, submittedAnswer(value)]);
  await services.database.inOrganisation(organisationId, async (db) => {
    const [row] = await db
      .select()
      .from(assessments)
      .where(and(eq(assessments.organisationId, organisationId), eq(assessments.id, assessmentId)));
    if (!row) throw new Error('no such assessment');
    const id = randomUUID();
    const reference = `KA-2025-${id.slice(0, 4)}`;
    await db.insert(assessments).values({ ...row, id, reference, serviceId: serviceId ?? row.serviceId });
    await db.insert(rounds).values({
      organisationId,
      assessmentId: id,
      round: 1,
      submittedAt: new Date(submittedAt),
      receiptNumber: `KR-${id.slice(0, 4)}`,
      attestation: { name: '佐藤一郎', title: '部長', at: submittedAt },
      answers: Object.fromEntries(answers),
    });
  });
}

function submittedAnswer(value: SubmittedAnswer['value']): SubmittedAnswer {
  return {
    value,
    naReason: '',
    comment: '',
    plan: null,
    conditional: null,
    withheld: '',
    files: [],
    evidence: [],
    updatedBy: '田中太郎',
    updatedAt: '2025-11-19T00:00:00.000Z',
  };
}
