import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Locale } from '../adapters/template-helpers.ts';
import type { Services } from '../services.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Language of this page: ?lang=, else the cookie, else Accept-Language, else Japanese. */
    locale: Locale;
  }
  interface FastifyReply {
    /** Answers with templates/pages/<name>.hbs. The model must hold every field the template names. */
    page(name: string, model: Record<string, unknown>): FastifyReply;
  }
}

const LANGUAGE_COOKIE = 'kantoku-lang';

/** Server-rendered pages in the reader's language. */
export const pagesPlugin = fp(
  async (app, { services }: { services: Services }) => {
    app.decorateRequest('locale', 'ja');
    app.addHook('onRequest', async (request, reply) => {
      request.locale = chooseLocale(request);
      const asked = (request.query as { lang?: unknown } | undefined)?.lang;
      if (asked === request.locale)
        reply.setCookie(LANGUAGE_COOKIE, request.locale, { path: '/', sameSite: 'lax', httpOnly: true, secure: true });
    });
    app.decorateReply('page', function (this: FastifyReply, name: string, model: Record<string, unknown>) {
      const { request } = this;
      const shell = shellOf(request);
      return this.type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(services.templates.page(name, request.locale, { ...shell, ...model }));
    });
  },
  { name: 'pages', dependencies: ['sessions'] },
);

/** What every layout needs; a page may override any of it. */
function shellOf(request: FastifyRequest) {
  const principal = request.principal;
  const path = request.url.split('?')[0] ?? '/';
  return {
    shell: {
      member:
        principal?.kind === 'member'
          ? { name: principal.name, role: principal.role, isOwner: principal.role === 'owner' }
          : null,
      respondent: principal?.kind === 'respondent' ? { name: principal.name } : null,
      languages: [
        { code: 'ja', label: '日本語', href: `${path}?lang=ja`, current: request.locale === 'ja' },
        { code: 'en', label: 'English', href: `${path}?lang=en`, current: request.locale === 'en' },
      ],
      path,
    },
  };
}

function chooseLocale(request: FastifyRequest): Locale {
  const asked = (request.query as { lang?: unknown } | undefined)?.lang;
  if (asked === 'ja' || asked === 'en') return asked;
  const kept = request.cookies[LANGUAGE_COOKIE];
  if (kept === 'ja' || kept === 'en') return kept;
  const accepted = (request.headers['accept-language'] ?? '').split(',')[0]?.trim().toLowerCase() ?? '';
  return accepted.startsWith('en') ? 'en' : 'ja';
}
