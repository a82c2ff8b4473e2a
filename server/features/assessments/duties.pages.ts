import type { FastifyInstance } from 'fastify';
import { permissionOf, roleMay } from '../../domain/assessment/permissions.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';
import { notFound } from '../../errors.ts';
import { memberOf } from '../../plugins/access.ts';
import { attempt, choicesOf } from '../../plugins/forms.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readHead } from './assessment-head.ts';
import * as Schemas from './assessments.schemas.ts';
import { readDuties, saveDuties } from './duties.usecases.ts';

type Route = { Params: { id: string } };
type FormRoute = Route & { Body: Schemas.DutiesForm };

/** 委託元の対応: what the customer itself must do, answered by the customer and never scored into the vendor. */
export async function dutyPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const params = Schemas.Params;

  app.get<Route>(
    '/assessments/:id/duties',
    { config: { action: 'assessments.view' }, schema: { params, querystring: Schemas.ShownQuery } },
    async (request, reply) =>
      reply.page('assessments/duties', await dutiesPage(services, memberOf(request), request.params.id)),
  );

  app.post<FormRoute>(
    '/assessments/:id/duties',
    { config: { action: 'duties.edit' }, schema: { params, body: Schemas.DutiesForm } },
    async (request, reply) => {
      const { id } = request.params;
      const outcome = await attempt(() => saveDuties(services, memberOf(request), id, request.body));
      if ('value' in outcome) return reply.redirect(`/assessments/${id}?done=assessments.dutiesSaved`, 303);
      const page = await dutiesPage(services, memberOf(request), id, request.body);
      return reply.status(400).page('assessments/duties', { ...page, errors: outcome.problems });
    },
  );
}

async function dutiesPage(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  typed?: Readonly<Record<string, string>>,
) {
  const { assessment, duties, asked } = await readDuties(services, principal, id);
  if (!duties) throw notFound();
  const { head } = await readHead(services, principal, id);
  const answers = typed ?? assessment.customerDuties;
  const references = assessment.questionnaire?.references ?? published(services, assessment);
  return {
    ...head,
    mayEdit:
      roleMay(principal.role, 'duties.edit') && permissionOf('duties.edit').states?.includes(head.state) === true,
    title: duties.title,
    statement: duties.statement,
    errors: [],
    duties: asked.map((duty) => ({
      text: duty.text,
      basis: basisWords(duty.basis.flatMap((basis) => references.find(({ id: one }) => one === basis)?.label ?? [])),
      field: choicesOf(duty.id, choices, answers),
      given: choices.find(({ value }) => value === answers[duty.id])?.text ?? null,
    })),
  };
}

function published({ questionnaires }: Services, draft: { questionnaireId: string; questionnaireVersion: string }) {
  return questionnaires.get(draft.questionnaireId, draft.questionnaireVersion).compiled.questionnaire.references ?? [];
}

function basisWords(labels: readonly Localized[]): Localized {
  return {
    ja: `根拠：${labels.map(({ ja }) => ja).join('、')}`,
    en: `Basis: ${labels.map(({ en }) => en).join('; ')}`,
  };
}

const choices = [
  { value: 'yes', text: { ja: 'はい', en: 'Yes' } },
  { value: 'no', text: { ja: 'いいえ', en: 'No' } },
  { value: 'notYet', text: { ja: 'まだ', en: 'Not yet' } },
];
