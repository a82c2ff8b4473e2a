import type { Transaction } from '../../../db/client.ts';
import { tokyoDate } from '../../domain/assessment/calendar.ts';
import { isIdentifier } from '../../domain/assessment/identifier.ts';
import { draftReference, nextReference } from '../../domain/assessment/reference-number.ts';
import { AppError, type InvalidField, invalid } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { PublishedQuestionnaire, Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { problem } from '../vendors/vendors.input.ts';
import { type Assessment, lockAssessment, moveAssessment, requireAllowed } from './assessment-state.usecases.ts';
import { type AssessmentInput, assessmentProblems, dueDateProblems, tidyAssessment } from './assessments.input.ts';
import * as store from './assessments.store.ts';
import { writeTo } from './correspondence.usecases.ts';
import { issueLink } from './links.usecases.ts';

/** Keeps a draft under `id`, which the form made: sending the form twice makes one. Throws AppError 400 naming the fields. */
export async function createAssessment(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  input: AssessmentInput,
): Promise<string> {
  const { organisationId } = principal;
  const at = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    const values = await acceptedDraft(services, db, organisationId, input);
    const row = { organisationId, id, reference: draftReference(id), createdBy: principal.memberId, createdAt: at };
    const added = await store.addAssessment(db, { ...row, ...values, state: 'draft' });
    if (!added) return;
    const actor = actorOf(principal);
    await recordEvent(db, { organisationId, assessmentId: id, at, actor, action: 'assessment.created' });
  });
  return id;
}

/** The columns a draft is made of; AppError 400 with everything wrong at once. */
export async function acceptedDraft(
  services: Services,
  db: Transaction,
  organisationId: string,
  input: AssessmentInput,
) {
  const { serviceId, questionnaire, dueOn, ...rest } = tidyAssessment(input);
  const problems: InvalidField[] = [];
  const service = isIdentifier(serviceId) && (await store.findServiceAndVendor(db, organisationId, serviceId));
  if (!service)
    problems.push(problem('serviceId', '対象のサービスを選んでください。', 'Choose the service to assess.'));
  const published = findPublished(services, questionnaire);
  if (!published) problems.push(problem('questionnaire', '質問票を選んでください。', 'Choose the questionnaire.'));
  problems.push(...assessmentProblems(tidyAssessment(input), services.clock.now()));
  if (!published || !dueOn || problems.length > 0) {
    throw invalid({ ja: '評価依頼の入力内容を直してください。', en: 'Correct the details of the request.' }, problems);
  }
  const { id: questionnaireId, version: questionnaireVersion } = published.compiled.questionnaire;
  return { ...rest, serviceId, dueOn, questionnaireId, questionnaireVersion, questionnaireHash: published.hash };
}

/**
 * Sends a draft: the questionnaire is frozen into the row, the reference given, the link made, the invitation queued and the
 * move recorded, all in one transaction. Throws AppError 409 when it is no draft, 400 when its due date has come too near.
 */
export async function sendAssessment(services: Services, principal: MemberPrincipal, id: string): Promise<Assessment> {
  const { organisationId } = principal;
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const draft = await lockAssessment(db, organisationId, id);
    requireAllowed('assessments.send', draft, now);
    const problems = dueDateProblems(draft.dueOn, now);
    if (problems.length > 0) throw invalid(dueDateTooNear, problems);
    const { compiled, hash } = services.questionnaires.get(draft.questionnaireId, draft.questionnaireVersion);
    const { isEntrustee } = await store.readOrganisation(db, organisationId);
    const year = tokyoDate(now).slice(0, 4);
    const reference = nextReference(year, await store.lockLatestReference(db, organisationId, year));
    const sent = await moveAssessment(db, draft, 'send', {
      actor: actorOf(principal),
      at: now,
      details: { reference, recipient: draft.contactEmail, questionnaire: compiled.reference, hash },
      changes: {
        reference,
        questionnaire: compiled.questionnaire,
        questionnaireHash: hash,
        customerIsEntrustee: isEntrustee,
        sentAt: now,
      },
    });
    await writeTo(services, db, principal, sent, 'invitation', { link: await issueLink(services, db, sent) });
    return sent;
  });
}

const dueDateTooNear = {
  ja: '提出期限を過ぎているため送付できません。下書きの提出期限を直してください。',
  en: 'The due date has passed, so this cannot be sent. Change it in the draft.',
};

function findPublished({ questionnaires }: Services, reference: string): PublishedQuestionnaire | undefined {
  return questionnaires.list().find(({ compiled }) => compiled.reference === reference);
}

/** Whether a refusal only says that the assessment was sent a moment ago: the second press of the same button. */
export function isAlreadySent(error: unknown): boolean {
  return error instanceof AppError && error.code === 'wrong_state' && error.details.state === 'sent';
}
