import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { isBlank } from '../../domain/questionnaire/answer-state.ts';
import type { AnswerMaster } from '../../domain/reuse/answer-master.ts';
import type { GivenAnswer } from '../../domain/reuse/given-answer.ts';
import { answersIn } from '../../domain/reuse/master-answers.ts';
import { type Match, type Matches, matchAnswers } from '../../domain/reuse/match.ts';
import { conflict } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { lockAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { offerOf } from '../prefills/offer-previous.usecases.ts';
import { offerAnew } from '../prefills/offers.usecases.ts';
import { readMasterFile, type UploadedFile } from './master-file.ts';
import { type Reuse, reuseIn } from './reuse.usecases.ts';

/** What became of an uploaded master, for the person who uploaded it. */
export type OfferedMaster = {
  offered: readonly Match[];
  misfits: Matches['misfits'];
  unmatched: readonly GivenAnswer[];
  /** Left alone because this request has an answer already, or something newer is offered. */
  answered: number;
  newer: number;
};

/**
 * Offers the answers of the vendor's own file for this person's part; of the file nothing else is kept. Throws AppError 400 for a
 * file that is no answer master (naming each place), 409 once there is nothing left to prefill, and whatever reading a workbook throws.
 */
export async function offerMaster(
  services: Services,
  respondent: RespondentPrincipal,
  file: UploadedFile,
): Promise<OfferedMaster> {
  const { organisationId, assessmentId } = respondent;
  const now = services.clock.now();
  const { master, label } = await readMasterFile(services, file, tokyoDate(now));
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, assessmentId);
    requireAllowed('respond.answer', assessment, now);
    if (assessment.round > 1) throw tooLate();
    const reuse = await reuseIn(db, services, respondent, assessment);
    const { offers, outcome } = sorted(reuse, master);
    const rows = offers.map((match) => offerOf(match, { kind: 'master', label, on: match.given.on }));
    await offerAnew(db, respondent, rows, now);
    await recordEvent(db, {
      ...{ organisationId, assessmentId, at: now, actor: actorOf(respondent), action: 'master.uploaded' },
      details: { offered: rows.length, misfits: outcome.misfits.length, unmatched: outcome.unmatched.length },
    });
    return outcome;
  });
}

/** A contributor hears of the own part only; what others answer is neither offered nor counted. */
function sorted({ compiled, own, offers, collected }: Reuse, master: AnswerMaster) {
  const sameQuestionnaire = master.questionnaire.id === compiled.questionnaire.id;
  const all = matchAnswers(answersIn(master), compiled, sameQuestionnaire);
  const mine = all.offered.filter(({ question }) => own.has(question.id));
  const values = new Map(collected.rows.map(({ questionId, value }) => [questionId, value]));
  const waiting = mine.filter(({ question }) => isBlank(question, values.get(question.id)));
  const fresh = waiting.filter(({ question, given }) => {
    const present = offers.get(question.id);
    return !present || present.decision !== null || present.source.on <= given.on;
  });
  const outcome: OfferedMaster = {
    offered: fresh,
    misfits: all.misfits.filter(({ question }) => own.has(question.id)),
    unmatched: own.size === compiled.questions.length ? all.unmatched : [],
    answered: mine.length - waiting.length,
    newer: waiting.length - fresh.length,
  };
  return { offers: fresh, outcome };
}

function tooLate() {
  return conflict('too_late_to_prefill', {
    ja: '差し戻された設問には、すでに回答があります。回答マスタは初回の回答でのみ読み込めます。該当の設問を直接修正してください。',
    en: 'The questions that were returned have answers already. A master can be uploaded only in the first round; change the answers themselves.',
  });
}
