import { tokyoDate } from '../../../domain/assessment/calendar.ts';
import { ownQuestions, questionOf } from '../../../domain/questionnaire/own-questions.ts';
import type { Question } from '../../../domain/questionnaire/questionnaire.ts';
import { notFound } from '../../../errors.ts';
import type { RespondentPrincipal } from '../../../plugins/sessions.ts';
import type { Services } from '../../../services.ts';
import { readAssessment, requireAllowed } from '../../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../../assessments/snapshot.ts';
import { type EvidenceFile, listEvidence } from '../answers.store.ts';
import { reusableFiles } from './reuse.usecases.ts';

/** `usedFor`: questions each file stands under, by its SHA-256. */
export type ReusableFiles = {
  subject: string;
  question: Question;
  sectionHref: string;
  files: readonly EvidenceFile[];
  usedFor: ReadonlyMap<string, readonly string[]>;
  today: string;
};

/** The files of the person's own part that could serve `subject` too. AppError 404 for what is not in the part, 409 `wrong_state`. */
export async function readFiles(
  services: Services,
  { organisationId, assessmentId, scope }: RespondentPrincipal,
  subject: string,
): Promise<ReusableFiles> {
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, assessmentId);
    requireAllowed('respond.answer', assessment, now);
    const compiled = compiledSnapshot(assessment);
    const own = ownQuestions(compiled, scope);
    const asked = compiled.byId.get(questionOf(subject));
    if (!asked || !own.has(asked.question.id)) throw notFound();
    const all = await listEvidence(db, organisationId, assessmentId);
    const files = all.filter((file) => own.has(questionOf(file.subject)));
    const usedFor = Map.groupBy(files, ({ sha256 }) => sha256);
    return {
      subject,
      question: asked.question,
      sectionHref: `/respond/sections/${encodeURIComponent(asked.sectionId)}`,
      files: reusableFiles(files, subject),
      usedFor: new Map([...usedFor].map(([sha256, same]) => [sha256, same.map((file) => file.subject)])),
      today: tokyoDate(now),
    };
  });
}
