import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { isOpen, stateOn } from '../../domain/assessment/states.ts';
import type { Answers } from '../../domain/questionnaire/answer.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { ownQuestions, questionOf, within } from '../../domain/questionnaire/own-questions.ts';
import type { Section } from '../../domain/questionnaire/questionnaire.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { snapshotFor } from '../assessments/snapshot.ts';
import { readThreadNotes } from '../messages/read-threads.usecases.ts';
import type { ThreadNote } from '../messages/threads.ts';
import { type Offers, readOffers } from '../prefills/offers.usecases.ts';
import { type ReturnedRound, readReturnedRound } from '../rounds/returned-round.usecases.ts';
import { type AdviceByQuestion, readAdvice } from './advice/advice.usecases.ts';
import {
  type AnswerRow,
  type EvidenceFile,
  listAnswers,
  listEvidence,
  readOutline,
  readVersion,
} from './answers.store.ts';
import { collected } from './collected.ts';

/**
 * A section with everything its page needs. `isOpen`: answers may still be given. Section, rows, files and `shown` are those of
 * the person's own part; `answers` are all, because conditions rest on them, and leave the server only where `own` has them.
 */
export type OpenSection = {
  reference: string;
  isOpen: boolean;
  compiled: CompiledQuestionnaire;
  section: Section;
  answers: Answers;
  rows: readonly AnswerRow[];
  files: readonly EvidenceFile[];
  shown: ReadonlySet<string>;
  own: ReadonlySet<string>;
  /** Earlier answers offered to this person, by question id. */
  offers: Offers;
  /** How the threads of this person's questions stand. */
  threads: ReadonlyMap<string, ThreadNote>;
  /** YYYY-MM-DD in Asia/Tokyo. */
  today: string;
  advice: AdviceByQuestion;
  /** What was given back; null unless the answers were returned. */
  returned: ReturnedRound | null;
  dueOn: string;
  /** Whether the customer takes "planned by …". */
  plans: boolean;
};

/** Throws AppError 404 for a section the questionnaire or the person's part does not have, 409 `wrong_state` when nothing may be seen. */
export async function openSection(
  services: Services,
  respondent: RespondentPrincipal,
  sectionId: string,
): Promise<OpenSection> {
  const { organisationId, assessmentId, scope } = respondent;
  const now = services.clock.now();
  const today = tokyoDate(now);
  return services.database.inOrganisation(organisationId, async (db) => {
    const [outline, rows, files] = await Promise.all([
      readOutline(db, organisationId, assessmentId),
      listAnswers(db, organisationId, assessmentId),
      listEvidence(db, organisationId, assessmentId),
    ]);
    if (!outline) throw notFound();
    requireAllowed('respond.view', outline, now);
    const compiled = await snapshotFor(db, outline);
    const own = ownQuestions(compiled, scope);
    const section = ownSection(compiled, own, sectionId);
    const answers = collected(rows, files, []);
    const state = stateOn(outline, today);
    return {
      reference: outline.reference,
      isOpen: isOpen(state),
      compiled,
      section,
      answers,
      rows: rows.filter(({ questionId }) => own.has(questionId)),
      files: files.filter(({ subject }) => own.has(questionOf(subject))),
      shown: within(own, shownToRespondent(compiled, answers)),
      own,
      advice: isOpen(state) ? await readAdvice(db, respondent, { compiled, answers, own, today }) : null,
      offers: await readOffers(db, respondent, { ...outline, compiled }),
      threads: await readThreadNotes(db, outline),
      today,
      returned: await readReturnedRound(db, outline, compiled),
      dueOn: outline.dueOn,
      plans: outline.settings.plans,
    };
  });
}

function ownSection({ questionnaire }: CompiledQuestionnaire, own: ReadonlySet<string>, sectionId: string): Section {
  const section = questionnaire.sections.find(({ id }) => id === sectionId);
  const questions = section?.questions.filter(({ id }) => own.has(id)) ?? [];
  if (!section || questions.length === 0) throw notFound();
  return { ...section, questions };
}

/** Tells whether a section page made earlier still says what is so; the day counts, because a request expires with it. */
export async function sectionVersion(
  services: Services,
  { organisationId, assessmentId }: RespondentPrincipal,
): Promise<string> {
  const version = await services.database.inOrganisation(organisationId, (db) =>
    readVersion(db, organisationId, assessmentId),
  );
  return `${version}/${tokyoDate(services.clock.now())}`;
}
