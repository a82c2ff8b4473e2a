/** Assessments as the JSON API gives them. Pure. */
import { lastOpenDay } from '../../domain/assessment/states.ts';
import type * as Schemas from './assessments.schemas.ts';
import { shownReference } from './assessments.views.ts';
import type { listAssessments } from './overview.usecases.ts';

type Listed = Awaited<ReturnType<typeof listAssessments>>['assessments'][number];

export function replyOf(row: Omit<Listed, 'questionnaire' | 'waiting'>): Schemas.AssessmentReply {
  const { id, state, dueOn, contactName, contactEmail, vendor, service, progress, letter } = row;
  return {
    id,
    reference: shownReference(row.reference),
    state,
    vendor: { id: vendor.id, name: vendor.name },
    service: { id: service.id, name: service.name },
    questionnaire: { id: row.questionnaireId, version: row.questionnaireVersion, hash: row.questionnaireHash },
    contact: { name: contactName, email: contactEmail },
    dueOn,
    lastDay: lastOpenDay(row),
    sentAt: row.sentAt?.toISOString() ?? null,
    submittedAt: row.submittedAt?.toISOString() ?? null,
    finalisedAt: row.finalisedAt?.toISOString() ?? null,
    progress: progress
      ? { answered: progress.answered, applicable: progress.applicable, percent: progress.percent }
      : null,
    delivery: letter
      ? { kind: letter.kind, recipient: letter.recipient, state: letter.state, failure: letter.failure }
      : null,
  };
}
