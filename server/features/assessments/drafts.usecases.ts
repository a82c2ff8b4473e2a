import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { lockAssessment, readAssessment, requireAllowed } from './assessment-state.usecases.ts';
import type { AssessmentInput } from './assessments.input.ts';
import * as store from './assessments.store.ts';
import { acceptedDraft } from './assessments.usecases.ts';
import { readCorrespondence } from './correspondence.usecases.ts';
import { letterTo } from './letters.ts';

/** What a new assessment can be about. */
export async function listServiceChoices(services: Services, { organisationId }: MemberPrincipal) {
  return services.database.inOrganisation(organisationId, (db) => store.listServiceChoices(db, organisationId));
}

/** The draft for its form; AppError 409 once it has been sent. */
export async function readDraft(services: Services, { organisationId }: MemberPrincipal, id: string) {
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, id);
    requireAllowed('assessments.edit', assessment, services.clock.now());
    return assessment;
  });
}

export async function updateDraft(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  input: AssessmentInput,
): Promise<void> {
  const { organisationId } = principal;
  const at = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    const draft = await lockAssessment(db, organisationId, id);
    requireAllowed('assessments.edit', draft, at);
    await store.changeAssessment(db, draft, await acceptedDraft(services, db, organisationId, input));
    const actor = actorOf(principal);
    await recordEvent(db, { organisationId, assessmentId: id, at, actor, action: 'assessment.edited' });
  });
}

/** Removes a draft; nobody outside has seen it, and it has no reference number yet. Its audit events stay. */
export async function deleteDraft(services: Services, principal: MemberPrincipal, id: string): Promise<void> {
  const { organisationId } = principal;
  const at = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    const draft = await lockAssessment(db, organisationId, id);
    requireAllowed('assessments.delete', draft, at);
    await store.removeAssessment(db, draft);
    const actor = actorOf(principal);
    await recordEvent(db, { organisationId, assessmentId: id, at, actor, action: 'assessment.deleted' });
  });
}

/** Exactly what the contact will get, before it is sent: the same letter from the same template, without the link. */
export async function previewSending(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  placeholders: { link: string; reference: string },
) {
  const { organisationId } = principal;
  return services.database.inOrganisation(organisationId, async (db) => {
    const draft = await readAssessment(db, organisationId, id);
    requireAllowed('assessments.send', draft, services.clock.now());
    const assessment = { ...draft, reference: placeholders.reference };
    const about = await readCorrespondence(services, db, principal, assessment);
    const { locale, model, recipient } = letterTo(about, 'invitation', services.clock.now(), placeholders);
    const [head = '', ...body] = services.templates
      .mail(`invitation.${locale}`, locale, { ...model, siteHost: about.host })
      .split(/\r?\n\r?\n/);
    const subject = head.replace(/^Subject:\s*/, '');
    const published = services.questionnaires.get(draft.questionnaireId, draft.questionnaireVersion);
    return { ...about, published, mail: { recipient, locale, subject, text: body.join('\n\n') } };
  });
}
