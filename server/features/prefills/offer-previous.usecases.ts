import type { Transaction } from '../../../db/client.ts';
import type { PrefillSource } from '../../../db/schema/prefills.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { takesPlan } from '../../domain/questionnaire/add-ons.ts';
import { oldestDay } from '../../domain/reuse/ageing.ts';
import { type GivenAnswer, givenAnswer } from '../../domain/reuse/given-answer.ts';
import { type Match, matchAnswers } from '../../domain/reuse/match.ts';
import { type Assessment, bumpPages } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { recordEvent, systemActor } from '../audit/audit.store.ts';
import { addOffers, listPrefills, type Prefill } from './prefills.store.ts';
import { findSubmission, type Submission } from './submissions.store.ts';

/**
 * Offers what this vendor handed in to the same customer last time, as far as the customer allows and the questions still take it.
 * To be called whenever somebody comes in: it looks once, and again until there was something to offer.
 */
export async function offerPrevious(db: Transaction, assessment: Assessment, now: Date): Promise<void> {
  const { organisationId, id: assessmentId, state, settings } = assessment;
  if (settings.prefillMonths === 0 || (state !== 'sent' && state !== 'inProgress')) return;
  const present = await listPrefills(db, { organisationId, assessmentId });
  if (present.some(({ source }) => source.kind === 'previous')) return;
  const since = new Date(`${oldestDay(tokyoDate(now), settings.prefillMonths)}T00:00:00+09:00`);
  const submission = await findSubmission(db, assessment, { since, before: now });
  if (!submission) return;
  const { offered } = matchAnswers(givenIn(submission), compiledSnapshot(assessment), true);
  const offers = offered.filter(({ by }) => by === 'key').map((match) => previousOffer(match, submission, assessment));
  const added = await addOffers(
    db,
    offers.map((offer) => ({ ...offer, organisationId, assessmentId, offeredAt: now })),
  );
  if (added === 0) return;
  await bumpPages(db, organisationId, assessmentId);
  await recordEvent(db, {
    ...{ organisationId, assessmentId, at: now, actor: systemActor },
    action: 'prefill.offered',
    details: { reference: submission.assessment.reference, questions: added },
  });
}

/** Handed in as 未回答 there is nothing to offer. */
function givenIn({ assessment, answers, submittedAt, files }: Submission): GivenAnswer[] {
  const { questionnaire } = assessment;
  const questions = questionnaire?.sections.flatMap((section) => section.questions) ?? [];
  const on = tokyoDate(submittedAt);
  return questions.flatMap((question) => {
    const answer = answers[question.id];
    if (!answer || answer.value === null) return [];
    const named = answer.evidence.flatMap(({ id }) => files.get(id) ?? []);
    return [givenAnswer(question, questionnaire?.certificateKinds, { ...answer, on, files: named })];
  });
}

function previousOffer({ question, given }: Match, { assessment, service }: Submission, present: Assessment) {
  const isOther = assessment.serviceId !== present.serviceId;
  const label = isOther ? `${assessment.reference}・${service}` : assessment.reference;
  return offerOf({ question, given, by: 'key' }, { kind: 'previous', label, on: given.on });
}

/** The row of an offer, without where and when. */
export function offerOf(
  { question, given, by }: Match,
  source: Pick<PrefillSource, 'kind' | 'label' | 'on'>,
): Omit<Prefill, 'organisationId' | 'assessmentId' | 'offeredAt'> {
  const { value, naReason, comment, plan, conditional, withheld, files, text } = given;
  return {
    questionId: question.id,
    source: {
      ...source,
      ...(by === 'references' ? { asked: { id: given.question, text } } : {}),
      ...(by === 'key' && text.ja !== question.text.ja ? { reworded: true } : {}),
      ...(files.length > 0 ? { files: files.map(({ name, sha256 }) => ({ name, sha256 })) } : {}),
    },
    ...{ value, naReason, comment, conditional, withheld },
    plan: takesPlan(question) ? plan : null,
    ...{ decision: null, decidedAt: null, decidedBy: null },
  };
}
