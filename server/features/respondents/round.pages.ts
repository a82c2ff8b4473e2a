import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { respondentOf } from '../../plugins/access.ts';
import type { Services } from '../../services.ts';
import { readAssessment } from '../assessments/assessment-state.usecases.ts';
import { readComparison } from '../rounds/compare-rounds.usecases.ts';
import { openRequest } from './open-request.usecases.ts';
import { requestView } from './request.views.ts';

const params = Type.Object({ round: Type.String({ pattern: '^[1-9]\\d{0,3}$' }) }, { additionalProperties: false });

/** What was handed in each time, and what changed. */
export async function roundPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get<{ Params: { round: string } }>(
    '/respond/rounds/:round',
    { config: { action: 'respond.view' }, schema: { params } },
    async (request, reply) => {
      const open = await openRequest(services, respondentOf(request));
      const { organisationId, id } = open.assessment;
      const number = Number(request.params.round);
      const comparison = await services.database.inOrganisation(organisationId, async (db) =>
        readComparison(db, await readAssessment(db, organisationId, id), number, open.own),
      );
      const rounds = comparison.rounds.map((one) => ({ ...one, href: `/respond/rounds/${one.number}` }));
      return reply.page('respondents/round', { ...comparison, rounds, request: requestView(open) });
    },
  );
}
