import { questionOf } from '../../../domain/questionnaire/own-questions.ts';
import type { Problem } from '../../../domain/questionnaire/problem.ts';
import { AppError, type InvalidField } from '../../../errors.ts';
import type { RespondentPrincipal } from '../../../plugins/sessions.ts';
import type { Services } from '../../../services.ts';
import type { EvidenceFile } from '../answers.store.ts';
import type { PostedParts } from '../posted-parts.ts';
import { dateEvidence, type TypedDates } from './dates.usecases.ts';
import { attachEvidence } from './evidence.usecases.ts';
import { noReplacement } from './evidence-errors.ts';

/** Dates that could not be taken, as they were typed. */
export type UnclearDates = { typed: TypedDates; fields: readonly InvalidField[] };
export type FiledEvidence = {
  /** By question id. */
  problems: readonly (readonly [string, Problem])[];
  unclear: ReadonlyMap<string, UnclearDates>;
  /** A picture said where it was taken, and no longer does. */
  locationRemoved: boolean;
};
/** `files` as the page showed them; `replaces` is the one whose "replace" button was pressed. */
type Page = { files: readonly EvidenceFile[]; posted: PostedParts; replaces: string | null };

/** What a section's form says about files, without scripts: dates first, then the new files. One that fails stops no other. */
export async function fileSectionEvidence(
  services: Services,
  respondent: RespondentPrincipal,
  { files, posted, replaces }: Page,
): Promise<FiledEvidence> {
  const { unclear, problems } = await dateAll(services, respondent, files, posted);
  for (const { control, name, error } of posted.refused) problems.push(told(subjectOf(control), name, error));
  let place = files.find(({ id }) => id === replaces);
  let locationRemoved = false;
  for (const { control, held } of posted.files) {
    const subject = subjectOf(control);
    const options = place?.subject === subject ? { replaces: place.id } : {};
    if (place?.subject === subject) place = undefined;
    try {
      await attachEvidence(services, respondent, subject, held, options);
      locationRemoved ||= held.hadLocation;
    } catch (error) {
      problems.push(told(subject, held.name, error));
    }
  }
  if (place) problems.push([questionOf(place.subject), { path: '/evidence', message: noReplacement(place.name) }]);
  return { problems, unclear, locationRemoved };
}

async function dateAll(
  services: Services,
  respondent: RespondentPrincipal,
  files: readonly EvidenceFile[],
  { fields }: PostedParts,
) {
  const unclear = new Map<string, UnclearDates>();
  const problems: [string, Problem][] = [];
  for (const file of files) {
    const one = (part: keyof TypedDates) => fields.get(`${file.subject}.files.${file.id}.${part}`)?.[0]?.slice(0, 100);
    const typed = { effectiveOn: one('effectiveOn'), expiresOn: one('expiresOn') };
    if (
      !isGiven(typed) ||
      (typed.effectiveOn === (file.effectiveOn ?? '') && typed.expiresOn === (file.expiresOn ?? ''))
    )
      continue;
    try {
      await dateEvidence(services, respondent, file.id, typed);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'unclear_date') throw error;
      unclear.set(file.id, { typed, fields: error.fields });
      problems.push([questionOf(file.subject), { path: `/evidence/${file.id}`, message: error.publicMessage }]);
    }
  }
  return { unclear, problems };
}

function isGiven(typed: { [part in keyof TypedDates]: string | undefined }): typed is TypedDates {
  return typed.effectiveOn !== undefined && typed.expiresOn !== undefined;
}

function subjectOf(control: string): string {
  return control.replace(/\.file$/, '');
}

function told(subject: string, name: string, error: unknown): [string, Problem] {
  if (!(error instanceof AppError) || error.code === 'link_needed') throw error;
  const { ja, en } = error.publicMessage;
  const message = { ja: `「${name}」を添付できませんでした。${ja}`, en: `"${name}" was not attached. ${en}` };
  return [questionOf(subject), { path: '/evidence', message }];
}
