import type { FastifyInstance } from 'fastify';
import { memberOf } from '../../plugins/access.ts';
import type { Services } from '../../services.ts';
import { readHead } from '../assessments/assessment-head.ts';
import { readComparison } from '../rounds/compare-rounds.usecases.ts';
import { answersHref } from './addresses.ts';
import * as Schemas from './reviews.schemas.ts';

/** What the vendor handed in each time, and what changed. */
export async function roundPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  app.get<{ Params: { id: string; round: string } }>(
    '/assessments/:id/rounds/:round',
    { config: { action: 'assessments.view' }, schema: { params: Schemas.RoundParams } },
    async (request, reply) => {
      const { id, round } = request.params;
      const principal = memberOf(request);
      const { head, assessment } = await readHead(services, principal, id);
      const comparison = await services.database.inOrganisation(principal.organisationId, (db) =>
        readComparison(db, assessment, Number(round)),
      );
      const rounds = comparison.rounds.map((one) => ({ ...one, href: `${head.href}/rounds/${one.number}` }));
      const page = {
        ...comparison,
        rounds,
        answersHref: answersHref(id),
        caption: `${head.reference}　${head.vendor}`,
      };
      return reply.page('reviews/round', { ...head, ...page });
    },
  );
}
