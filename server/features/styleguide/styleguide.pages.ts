import type { FastifyInstance } from 'fastify';
import type { Locale } from '../../adapters/template-helpers.ts';
import { adviceSamples } from './advice-samples.ts';
import { peopleSamples } from './people-samples.ts';
import { lockedSamples, questionSamples } from './question-samples.ts';
import { reviewSamples } from './review-samples.ts';
import { roundSamples } from './round-samples.ts';
import { styleguideModel } from './styleguide.views.ts';
import { vendorSamples } from './vendor-samples.ts';

/** Every piece of the design system in every state: what visual tests photograph and what page authors copy from. */
export async function styleguidePages(app: FastifyInstance): Promise<void> {
  app.get('/styleguide', { config: { action: 'site.view' } }, async (request, reply) =>
    reply.page('styleguide/styleguide', {
      ...styleguideModel(),
      advice: adviceSamples(request.locale),
      others: Object.keys(pages).map((name) => ({ href: `/styleguide/${name}`, titleKey: `styleguide.${name}Title` })),
    }),
  );
  for (const [name, sample] of Object.entries(pages))
    app.get(`/styleguide/${name}`, { config: { action: 'site.view' } }, async (request, reply) =>
      reply.page(`styleguide/${name}`, { ...sample(request.locale), styles }),
    );
}

const styles = ['respond.css', 'messages.css', 'people.css', 'review.css', 'styleguide.css'];
const pages: Readonly<Record<string, (locale: Locale) => Record<string, unknown>>> = {
  question: (locale) => ({
    questions: questionSamples(locale),
    locked: lockedSamples(locale),
    rounds: [
      { round: 2, dueOn: '2026-12-08', here: 2, showsAll: false, otherHref: '?show=all' },
      { round: 2, dueOn: '2026-12-08', here: 0, showsAll: true, otherHref: '?show=returned' },
    ],
    bars: [
      { key: 'answers.script.saving', bad: false },
      { key: 'answers.script.saved', bad: false },
      { key: 'answers.script.waiting', bad: true },
      { key: 'answers.script.refused', bad: true },
      { key: 'answers.script.signIn', bad: true },
    ],
  }),
  vendor: vendorSamples,
  people: peopleSamples,
  rounds: roundSamples,
  review: reviewSamples,
};
