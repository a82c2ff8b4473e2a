import type { Transaction } from '../../../db/client.ts';
import type { AssessmentSettings } from '../../../db/schema/assessments.ts';
import { isInScope } from '../../domain/assessment/scope.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import { notFound } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import { bumpPages } from '../assessments/assessment-state.usecases.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { decideOffer, listPrefills, type Prefill, putOffers } from './prefills.store.ts';

export type { Prefill } from './prefills.store.ts';
export type Offers = ReadonlyMap<string, Prefill>;
export type NewOffer = Omit<Prefill, 'organisationId' | 'assessmentId' | 'offeredAt'>;
type About = { compiled: CompiledQuestionnaire; settings: AssessmentSettings; round: number };

/**
 * What this person may decide on and what became an answer, by question id: only who answers, only their part, only what the
 * customer still allows, and in later rounds nothing new.
 */
export async function readOffers(
  db: Transaction,
  { organisationId, assessmentId, role, scope }: RespondentPrincipal,
  { compiled, settings, round }: About,
): Promise<Offers> {
  if (role !== 'respondent' && role !== 'contributor') return new Map();
  const rows = await listPrefills(db, { organisationId, assessmentId });
  const own = rows.filter(({ questionId, source, decision }) => {
    const asked = compiled.byId.get(questionId);
    if (round > 1 && decision !== 'adopted') return false;
    if (!asked || (source.kind === 'previous' && settings.prefillMonths === 0)) return false;
    return isInScope(scope, { sectionId: asked.sectionId, questionId });
  });
  return new Map(own.map((row) => [row.questionId, row]));
}

/** Every answer of the assessment that was taken from an offer, by question id: for those who review it. */
export async function readAdopted(db: Transaction, organisationId: string, assessmentId: string): Promise<Offers> {
  const rows = await listPrefills(db, { organisationId, assessmentId });
  return new Map(rows.filter(({ decision }) => decision === 'adopted').map((row) => [row.questionId, row]));
}

/** Offers what the vendor brought along, in the place of whatever is offered for these questions now. */
export async function offerAnew(
  db: Transaction,
  { organisationId, assessmentId }: RespondentPrincipal,
  offers: readonly NewOffer[],
  now: Date,
): Promise<void> {
  await putOffers(
    db,
    offers.map((offer) => ({ ...offer, organisationId, assessmentId, offeredAt: now })),
  );
  await bumpPages(db, organisationId, assessmentId);
}

/**
 * Puts an offer aside (`dismissed`), takes it out again (null), or marks that it became the answer (`adopted`, in the transaction
 * that saves it). Recorded with where the answer comes from; the name of a vendor's own file is the vendor's business.
 */
export async function decide(
  db: Transaction,
  respondent: RespondentPrincipal,
  { questionId, source }: Prefill,
  decision: Prefill['decision'],
  now: Date,
): Promise<void> {
  const { organisationId, assessmentId, name } = respondent;
  const by = decision === null ? { decidedAt: null, decidedBy: null } : { decidedAt: now, decidedBy: name };
  const decided = await decideOffer(db, { organisationId, assessmentId }, questionId, { decision, ...by });
  if (!decided) throw notFound();
  await bumpPages(db, organisationId, assessmentId);
  const { kind, label, on } = source;
  await recordEvent(db, {
    ...{ organisationId, assessmentId, at: now, actor: actorOf(respondent), subject: questionId },
    action: decision === 'adopted' ? 'answer.adopted' : decision ? 'prefill.dismissed' : 'prefill.restored',
    details: { source: kind === 'previous' ? { kind, label, on } : { kind, on } },
  });
}
