import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { listAnswers, listEvidence, markRemoved, moveEvidence } from './answers.store.ts';
import { isRecords, recordSubject } from './collected.ts';
import { type SavedAnswer, saveAnswerIn } from './save-answer.usecases.ts';

/**
 * Takes one certificate record out (`index` from 0), with its files; the files of later records move along with their records.
 * Throws AppError 404 when there is no such record, and whatever saving an answer throws.
 */
export async function dropRecord(
  services: Services,
  respondent: RespondentPrincipal,
  questionId: string,
  { index, revision }: { index: number; revision: number },
): Promise<SavedAnswer> {
  const { organisationId, assessmentId } = respondent;
  const at = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const rows = await listAnswers(db, organisationId, assessmentId);
    const value = rows.find((row) => row.questionId === questionId)?.value ?? null;
    if (!isRecords(value) || !value[index]) throw notFound();
    const rest = value.filter((_, place) => place !== index);
    const input = { revision, value: rest.length > 0 ? rest : null };
    const saved = await saveAnswerIn(db, respondent, questionId, input, at, { dropsRecord: true });
    for (const file of await listEvidence(db, organisationId, assessmentId)) {
      if (file.subject !== recordSubject(questionId, index)) continue;
      await markRemoved(db, file, at);
      const event = { at, actor: actorOf(respondent), action: 'evidence.removed', subject: file.subject };
      await recordEvent(db, {
        ...event,
        organisationId,
        assessmentId,
        details: { name: file.name, sha256: file.sha256 },
      });
    }
    for (let place = index + 1; place < value.length; place++) {
      const [from, to] = [recordSubject(questionId, place), recordSubject(questionId, place - 1)];
      await moveEvidence(db, { organisationId, assessmentId, from, to });
    }
    return saved;
  });
}
