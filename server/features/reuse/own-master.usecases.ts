import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { isBlank } from '../../domain/questionnaire/answer-state.ts';
import { type AnswerMaster, MASTER_FORMAT } from '../../domain/reuse/answer-master.ts';
import { givenAnswer } from '../../domain/reuse/given-answer.ts';
import { masterAnswer } from '../../domain/reuse/master-answers.ts';
import { questionOf } from '../../domain/round/submitted.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { listRounds, type Round } from '../rounds/rounds.store.ts';
import { type Reuse, reuseIn } from './reuse.usecases.ts';

/**
 * The vendor's own file: every answer as it stands, the evidence by name and hash (no bytes), and a receipt of each submission.
 * Throws AppError 404, 409 `wrong_state`.
 */
export async function readOwnMaster(services: Services, respondent: RespondentPrincipal): Promise<AnswerMaster> {
  const { organisationId, assessmentId } = respondent;
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, assessmentId);
    requireAllowed('respond.export', assessment, now);
    const reuse = await reuseIn(db, services, respondent, assessment);
    const rounds = await listRounds(db, organisationId, assessmentId);
    await recordEvent(db, {
      organisationId,
      assessmentId,
      at: now,
      actor: actorOf(respondent),
      action: 'master.downloaded',
    });
    const { id, version, title } = reuse.compiled.questionnaire;
    return {
      format: MASTER_FORMAT,
      exportedAt: now.toISOString(),
      vendor: { name: reuse.parties.vendor, service: reuse.parties.service.name },
      questionnaire: { id, version, title },
      answers: ownAnswers(reuse),
      evidence: ownEvidence(reuse),
      disclosures: rounds.map((round) => disclosureOf(reuse, round)),
    };
  });
}

function ownAnswers({ compiled, collected }: Reuse): AnswerMaster['answers'] {
  const rows = new Map(collected.rows.map((row) => [row.questionId, row]));
  return compiled.questions.flatMap(({ question }) => {
    const row = rows.get(question.id);
    if (!row || isBlank(question, row.value)) return [];
    const parts = { ...row, on: tokyoDate(row.updatedAt), files: [] };
    return [masterAnswer(givenAnswer(question, compiled.questionnaire.certificateKinds, parts))];
  });
}

/** A file given for several questions is listed once. */
function ownEvidence({ collected: { files } }: Reuse): AnswerMaster['evidence'] {
  const byHash = Map.groupBy(files, ({ sha256, name }) => `${sha256}/${name}`);
  return [...byHash.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { name, sha256, size, mediaType, uploadedAt, effectiveOn, expiresOn } = first;
    return {
      ...{ name, sha256, size, mediaType },
      questions: [...new Set(same.map(({ subject }) => questionOf(subject)))],
      uploadedOn: tokyoDate(uploadedAt),
      ...(effectiveOn ? { effectiveOn } : {}),
      ...(expiresOn ? { expiresOn } : {}),
    };
  });
}

function disclosureOf({ assessment, parties, compiled }: Reuse, round: Round): AnswerMaster['disclosures'][number] {
  const { name, title } = round.attestation;
  return {
    customer: parties.customer,
    service: parties.service.name,
    reference: assessment.reference,
    questionnaire: compiled.reference,
    round: round.round,
    submittedAt: round.submittedAt.toISOString(),
    receiptNumber: round.receiptNumber,
    attestedBy: { name, title },
    answers: Object.values(round.answers).filter(({ value }) => value !== null).length,
    files: [...new Set(Object.values(round.answers).flatMap(({ files }) => files))],
  };
}
