import { tokyoDate } from '../../../domain/assessment/calendar.ts';
import { calendarDay } from '../../../domain/assessment/typed-input.ts';
import { questionOf } from '../../../domain/questionnaire/own-questions.ts';
import { type Problem, problem } from '../../../domain/questionnaire/problem.ts';
import { AppError, notFound } from '../../../errors.ts';
import type { RespondentPrincipal } from '../../../plugins/sessions.ts';
import type { Services } from '../../../services.ts';
import { bumpPages } from '../../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../../assessments/snapshot.ts';
import { actorOf, recordEvent } from '../../audit/audit.store.ts';
import { readReturnedRound } from '../../rounds/returned-round.usecases.ts';
import { type EvidenceFile, listEvidence } from '../answers.store.ts';
import { markDates } from './evidence.store.ts';
import { lockForFiles } from './writable.ts';

/** As typed; '' where none is given. */
export type TypedDates = { effectiveOn: string; expiresOn: string };
type Dates = Pick<EvidenceFile, 'effectiveOn' | 'expiresOn'>;

/**
 * Keeps the document's date and the last day on which it holds, typed as Japanese people write days, wherever the document is used
 * and may be changed: after a return, not for questions that stay as they were handed in. Resolves to the file with them. Throws AppError 422 `unclear_date` with the fields, 404, 409 `wrong_state`.
 */
export async function dateEvidence(
  services: Services,
  respondent: RespondentPrincipal,
  id: string,
  typed: TypedDates,
): Promise<EvidenceFile> {
  const { organisationId, assessmentId } = respondent;
  const at = services.clock.now();
  const to = readDates(typed, tokyoDate(at));
  return services.database.inOrganisation(organisationId, async (db) => {
    const find = async () => (await listEvidence(db, organisationId, assessmentId)).find((one) => one.id === id);
    const found = await find();
    if (!found) throw notFound();
    const assessment = await lockForFiles(db, respondent, found.subject, at);
    const file = await find();
    if (!file) throw notFound();
    const { name, sha256, subject, effectiveOn, expiresOn } = file;
    if (effectiveOn === to.effectiveOn && expiresOn === to.expiresOn) return file;
    const returned = await readReturnedRound(db, assessment, compiledSnapshot(assessment));
    await markDates(db, file, to, (place) => !returned || returned.open.has(questionOf(place)));
    await bumpPages(db, organisationId, assessmentId);
    const details = { name, sha256, from: { effectiveOn, expiresOn }, to };
    const event = { organisationId, assessmentId, at, actor: actorOf(respondent), subject };
    await recordEvent(db, { ...event, action: 'evidence.dated', details });
    return { ...file, ...to };
  });
}

function readDates(typed: TypedDates, today: string): Dates {
  const effectiveOn = calendarDay(typed.effectiveOn);
  const expiresOn = calendarDay(typed.expiresOn);
  const problems = [
    ...(effectiveOn === null ? [unclear('effectiveOn')] : effectiveOn > today ? [notYet()] : []),
    ...(expiresOn === null
      ? [unclear('expiresOn')]
      : effectiveOn && expiresOn && expiresOn < effectiveOn
        ? [before()]
        : []),
  ];
  const first = problems[0];
  if (first) throw new AppError(422, 'unclear_date', first.message, { fields: problems });
  return { effectiveOn: effectiveOn || null, expiresOn: expiresOn || null };
}

function unclear(path: keyof TypedDates): Problem {
  return problem(
    path,
    '日付を読み取れませんでした。2026-12-01、2026/12/1、2026年12月1日、令和8年12月1日 のいずれかの形で、実在する日を入力してください。',
    'This could not be read as a date. Give a real day, for example 2026-12-01 or 2026/12/1.',
  );
}

function notYet(): Problem {
  return problem(
    'effectiveOn',
    '文書の日付が、今日より後の日になっています。年を確かめて、入力し直してください。',
    'The date of the document is later than today. Check the year and enter it again.',
  );
}

function before(): Problem {
  return problem(
    'expiresOn',
    '有効期限が、文書の日付より前になっています。どちらかを入力し直してください。',
    'The document would expire before its own date. Enter one of the two again.',
  );
}
