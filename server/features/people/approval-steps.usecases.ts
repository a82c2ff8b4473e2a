import { invalidAt } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { bumpPages } from '../assessments/assessment-state.usecases.ts';
import { askNext } from './approvals.usecases.ts';
import { changing, recordChange } from './as-owner.ts';
import { changeRequest } from './people.store.ts';

/** 0: submitted without; 1: 確認; 2: 確認, then 承認. Throws AppError 400, 409 `wrong_state`. */
export async function chooseApprovalSteps(
  services: Services,
  principal: RespondentPrincipal,
  typed: string,
): Promise<void> {
  if (!/^[012]$/.test(typed)) {
    throw invalidAt('steps', choose);
  }
  const to = Number(typed);
  await changing(services, principal, 'respond.requestApproval', async (change) => {
    const { db, assessment } = change;
    const from = assessment.approvalSteps;
    if (from === to) return;
    await changeRequest(db, assessment, { approvalSteps: to });
    await bumpPages(db, assessment.organisationId, assessment.id);
    await recordChange(change, principal, 'people.approvalStepsChanged', { details: { from, to } });
    await askNext(services, { ...change, assessment: { ...assessment, approvalSteps: to } });
  });
}

const choose = {
  ja: '提出前の確認・承認の有無を選んでください。',
  en: 'Choose whether the answers are approved before submission.',
};
