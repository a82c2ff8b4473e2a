import type { Transaction } from '../../../db/client.ts';
import type { CustomerDuties, CustomerDuty, Questionnaire } from '../../domain/questionnaire/questionnaire.ts';
import { type InvalidField, invalid } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { problem } from '../vendors/vendors.input.ts';
import { type Assessment, lockAssessment, readAssessment, requireAllowed } from './assessment-state.usecases.ts';
import { changeAssessment, readOrganisation } from './assessments.store.ts';

export const dutyAnswers = ['yes', 'no', 'notYet'] as const;
export type DutyAnswer = (typeof dutyAnswers)[number];

/** The customer's own duties (F8) with what has been answered so far; `duties` is null when the questionnaire has none. */
export async function readDuties(services: Services, { organisationId }: MemberPrincipal, id: string) {
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, id);
    return { assessment, ...(await dutiesOf(services, db, assessment)) };
  });
}

/** Keeps the answers given; a duty left out stays open. Throws AppError 400 for a duty or an answer the questionnaire has not. */
export async function saveDuties(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  answers: Readonly<Record<string, string>>,
): Promise<void> {
  const { organisationId } = principal;
  const at = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await lockAssessment(db, organisationId, id);
    requireAllowed('duties.edit', assessment, at);
    const { asked } = await dutiesOf(services, db, assessment);
    const problems = dutyProblems(asked, answers);
    if (problems.length > 0)
      throw invalid({ ja: '対応状況の入力を直してください。', en: 'Correct the duties.' }, problems);
    await changeAssessment(db, assessment, { customerDuties: answers as Record<string, DutyAnswer> });
    const event = { organisationId, assessmentId: id, at, actor: actorOf(principal), action: 'duties.saved' };
    await recordEvent(db, { ...event, details: { from: assessment.customerDuties, to: answers } });
  });
}

/** A draft speaks of the published questionnaire and of the organisation as it is; later both are as they were when sent. */
async function dutiesOf(
  services: Services,
  db: Transaction,
  assessment: Assessment,
): Promise<{ duties: CustomerDuties | null; asked: readonly CustomerDuty[] }> {
  const { questionnaire: frozen, questionnaireId, questionnaireVersion } = assessment;
  const questionnaire: Questionnaire =
    frozen ?? services.questionnaires.get(questionnaireId, questionnaireVersion).compiled.questionnaire;
  const isEntrustee = frozen
    ? assessment.customerIsEntrustee
    : (await readOrganisation(db, assessment.organisationId)).isEntrustee;
  const duties = questionnaire.customerDuties ?? null;
  const asked = (duties?.duties ?? []).filter(({ showWhen }) => showWhen !== 'customerIsEntrustee' || isEntrustee);
  return { duties, asked };
}

function dutyProblems(asked: readonly CustomerDuty[], answers: Readonly<Record<string, string>>): InvalidField[] {
  return Object.entries(answers).flatMap(([id, answer]) => {
    if (!asked.some((duty) => duty.id === id)) {
      return [
        problem(id, 'この質問票にない項目です。取り除いてください。', 'The questionnaire has no such duty. Remove it.'),
      ];
    }
    if ((dutyAnswers as readonly string[]).includes(answer)) return [];
    return [problem(id, '「はい」「いいえ」「まだ」から選んでください。', 'Choose yes, no or not yet.')];
  });
}
