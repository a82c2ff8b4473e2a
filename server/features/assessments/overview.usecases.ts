import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { type AssessmentState, stateOn } from '../../domain/assessment/states.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { listTrail } from '../audit/audit.store.ts';
import { readAssessment } from './assessment-state.usecases.ts';
import { findServiceAndVendor } from './assessments.store.ts';
import { listLinks } from './links.store.ts';
import { listLatestLetters, listLetters } from './mails.store.ts';
import * as store from './overview.store.ts';
import { progressOf } from './progress.ts';
import { countReturned } from './returned.store.ts';
import { countWaiting, readVendorWords } from './vendor-words.store.ts';

export const ASSESSMENTS_A_PAGE = 50;
const answering: readonly AssessmentState[] = ['sent', 'inProgress', 'returned', 'expired'];

/** One page of the assessments in `state` (null: all), each with its progress and its newest letter; `page` counts from 1. */
export async function listAssessments(
  services: Services,
  { organisationId }: MemberPrincipal,
  { state, page }: { state: AssessmentState | null; page: number },
) {
  const today = tokyoDate(services.clock.now());
  return services.database.inOrganisation(organisationId, async (db) => {
    const limit = ASSESSMENTS_A_PAGE;
    const published = services.questionnaires.list().map(({ hash }) => hash);
    const window = { state, today, limit, offset: (page - 1) * limit, published };
    const [rows, counts] = await Promise.all([
      store.listAssessments(db, organisationId, window),
      store.countByState(db, organisationId, today),
    ]);
    const ids = rows.map(({ id }) => id);
    const [letters, answered, waiting] = await Promise.all([
      ids.length === 0 ? [] : listLatestLetters(db, organisationId, ids),
      ids.length === 0 ? [] : store.listAnswerRows(db, organisationId, ids),
      countWaiting(db, organisationId, ids),
    ]);
    const assessments = rows.map((row) => {
      const now = stateOn(row, today);
      const own = answered.filter(({ assessmentId }) => assessmentId === row.id);
      return {
        ...row,
        state: now,
        waiting: waiting.get(row.id) ?? 0,
        letter: letters.find(({ assessmentId }) => assessmentId === row.id) ?? null,
        progress: answering.includes(now) && row.state !== 'returned' ? progressOf(services, row, own) : null,
      };
    });
    return { assessments, counts };
  });
}

/** Everything the page of one assessment shows. Whether a link is in force, never the link itself. */
export async function readOverview(services: Services, { organisationId }: MemberPrincipal, id: string) {
  const today = tokyoDate(services.clock.now());
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, id);
    const [about, letters, people, trail, answered, report, words] = await Promise.all([
      findServiceAndVendor(db, organisationId, assessment.serviceId),
      listLetters(db, organisationId, id),
      listLinks(db, organisationId, id),
      listTrail(db, organisationId, id, 300),
      store.listAnswerRows(db, organisationId, [id]),
      store.findLatestReport(db, organisationId, id),
      readVendorWords(db, organisationId, id),
    ]);
    if (!about) throw new Error('assessments: the service of an assessment is gone');
    const state = stateOn(assessment, today);
    const questionnaire =
      assessment.questionnaire ??
      services.questionnaires.get(assessment.questionnaireId, assessment.questionnaireVersion).compiled.questionnaire;
    // Of answers that were returned everything is answered: how far that is would say nothing.
    const counts = answering.includes(state) && assessment.state !== 'returned';
    const progress = counts ? progressOf(services, assessment, answered) : null;
    return {
      assessment,
      state,
      ...about,
      questionnaire,
      letters,
      people,
      hasLink: people.some(({ role, revokedAt }) => role === 'respondent' && !revokedAt),
      trail,
      progress,
      report,
      words,
      returned: await countReturned(db, assessment),
    };
  });
}
