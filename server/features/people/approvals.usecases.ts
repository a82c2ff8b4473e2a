import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../../db/client.ts';
import type { Standing } from '../../domain/assessment/approvals.ts';
import { paragraphs } from '../../domain/assessment/typed-input.ts';
import { invalid } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { bumpPages } from '../assessments/assessment-state.usecases.ts';
import { mailOwner, mailStep } from './approval.mails.ts';
import {
  alreadyAsked,
  approvalNeeded,
  changedMeanwhile,
  nobodyThere,
  nothingToDecide,
  notLastApprover,
} from './approval-errors.ts';
import { readStanding, stepRoles } from './approval-standing.ts';
import { addApproval, listApprovals } from './approvals.store.ts';
import { type Change, changing, inForce, recordChange } from './as-owner.ts';
import { type Fingerprinted, fingerprint } from './fingerprint.ts';
import { listPeople, readState } from './people.store.ts';

/** `seen`: fingerprint of the answers that were on the screen. */
export type Decision = { decision: 'approved' | 'sentBack'; remark: string; seen: string };

const MAX_REMARK = 1_000;

/**
 * The respondent says that the answers are ready, and asks the first in the chain. Throws AppError 409 (`wrong_state`,
 * `answers_changed`, `nobody_to_approve`, `already_asked`).
 */
export async function requestApproval(services: Services, principal: RespondentPrincipal, seen: string): Promise<void> {
  await changing(services, principal, 'respond.requestApproval', async (change) => {
    const { assessment, people } = change;
    const { standing, present } = await standingNow(change);
    if (standing.phase !== 'open') throw alreadyAsked();
    if (seen !== present) throw changedMeanwhile();
    for (const step of [1, 2] as const) {
      if (step <= assessment.approvalSteps && inForce(people, stepRoles[step]).length === 0) throw nobodyThere(step);
    }
    await keep(change, { step: 0, decision: 'approved', remark: '', fingerprint: present });
    await recordChange(change, principal, 'approval.requested');
    await mailStep(services, change, 1);
  });
}

/**
 * Confirms or approves the answers as they were on the screen, or sends them back with a remark. Throws AppError 400 (`comment`), 409
 * (`wrong_state`, `answers_changed`, `not_waiting`).
 */
export async function decide(services: Services, principal: RespondentPrincipal, input: Decision): Promise<void> {
  const remark = readRemark(input);
  await changing(services, principal, 'respond.approve', async (change) => {
    const { assessment, me } = change;
    const { standing, present } = await standingNow(change);
    const step = standing.waitsFor;
    if ((step !== 1 && step !== 2) || stepRoles[step] !== me.role) throw nothingToDecide();
    if (input.seen !== present) throw changedMeanwhile();
    const { decision } = input;
    await keep(change, { step, decision, remark, fingerprint: present });
    await recordChange(change, principal, decision === 'approved' ? 'approval.given' : 'approval.sentBack', {
      details: { step },
    });
    if (decision === 'sentBack') await mailOwner(services, change, 'approval-sent-back', { remark, step });
    else if (step < assessment.approvalSteps) await mailStep(services, change, 2);
    else await mailOwner(services, change, 'approval-done', { remark, step });
  });
}

/**
 * Throws AppError 409 `approval_needed` while a wanted step is not valid for these answers, and 403 for an approver who did not
 * give the last approval, or whoever is no longer the coordinator. To be called with the assessment locked.
 */
export async function requireApproved(
  db: Transaction,
  assessment: Assessment,
  { role, linkId }: RespondentPrincipal,
  present: Fingerprinted,
): Promise<void> {
  const people = await listPeople(db, assessment);
  // Read again under the lock: everything may have been handed over since the session was opened.
  if (!inForce(people, role).some(({ id }) => id === linkId)) throw notLastApprover();
  const { phase, given } = await readStanding(db, assessment, people, present);
  if (phase === 'open' || phase === 'waiting') throw approvalNeeded();
  const isLast = phase === 'complete' && given.get(assessment.approvalSteps)?.linkId === linkId;
  if (role !== 'respondent' && !isLast) throw notLastApprover();
}

/** A step added after 確認 was given: whoever takes it is asked. */
export async function askNext(services: Services, change: Change): Promise<void> {
  const { standing } = await standingNow(change);
  if (standing.waitsFor === 2) await mailStep(services, change, 2);
}

async function standingNow({ db, assessment, people }: Change): Promise<{ standing: Standing; present: string }> {
  const state = await readState(db, assessment);
  return { standing: await readStanding(db, assessment, people, state), present: fingerprint(state) };
}

type Kept = { step: number; decision: Decision['decision']; remark: string; fingerprint: string };

/** In an order that lasts: never at the same moment as the one before. */
async function keep({ db, assessment, me, now }: Change, kept: Kept): Promise<void> {
  const last = (await listApprovals(db, assessment)).at(-1)?.at.getTime() ?? 0;
  const { organisationId, id: assessmentId, round } = assessment;
  const at = new Date(Math.max(now.getTime(), last + 1));
  await addApproval(db, { organisationId, id: randomUUID(), assessmentId, round, linkId: me.id, at, ...kept });
  await bumpPages(db, organisationId, assessmentId);
}

function readRemark({ decision, remark }: Decision): string {
  const text = paragraphs(remark);
  if (decision === 'sentBack' && text === '') throw invalid(mend, [{ path: 'comment', message: sayWhy }]);
  if ([...text].length > MAX_REMARK) throw invalid(mend, [{ path: 'comment', message: shorten }]);
  return text;
}

const mend = { ja: '確認結果の入力内容を直してください。', en: 'Correct your decision.' };
const sayWhy = {
  ja: '差し戻すときは、何を直してほしいかをコメントに入力してください。',
  en: 'To send the answers back, say in the comment what should be corrected.',
};
const shorten = {
  ja: `コメントは${MAX_REMARK}文字以内で入力してください。`,
  en: `Keep the comment within ${MAX_REMARK} characters.`,
};
