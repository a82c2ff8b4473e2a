import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { type EvidenceFile, listAnswers, listEvidence, markRemoved, moveEvidence } from './answers.store.ts';
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
    const files = await listEvidence(db, organisationId, assessmentId);
    const record = ({ name, sha256 }: EvidenceFile, action: string, subject: string, more = {}) =>
      recordEvent(db, {
        ...{ organisationId, assessmentId, at, actor: actorOf(respondent), action, subject },
        details: { name, sha256, ...more },
      });
    for (const file of files.filter(({ subject }) => subject === recordSubject(questionId, index))) {
      await markRemoved(db, file, at);
      await record(file, 'evidence.removed', file.subject);
    }
    for (let place = index + 1; place < value.length; place++) {
      const [from, to] = [recordSubject(questionId, place), recordSubject(questionId, place - 1)];
      await moveEvidence(db, { organisationId, assessmentId, from, to });
      for (const file of files.filter(({ subject }) => subject === from))
        await record(file, 'evidence.moved', to, { from });
    }
    return saved;
  });
}
