import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import type { Locale } from '../adapters/template-helpers.ts';
import type { Services } from '../services.ts';
import { shellOf } from './shell.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Language of this page: ?lang=, else the cookie, else Accept-Language, else Japanese. */
    locale: Locale;
  }
  interface FastifyReply {
    /**
     * Answers with templates/pages/<name>.hbs. The model must hold every field the template names. Three are for the
     * layout: `errors` (InvalidField[]), `scripts` and `styles` (names of assets this page needs besides the common ones).
     */
    page(name: string, model: Record<string, unknown>): FastifyReply;
    /** Remembers the language for this browser. */
    keepLocale(locale: Locale): FastifyReply;
  }
}

const LANGUAGE_COOKIE = '__Host-kantoku-lang';

/** Server-rendered pages in the reader's language. */
export const pagesPlugin = fp(
  async (app, { services }: { services: Services }) => {
    app.decorateRequest('locale', 'ja');
    app.addHook('onRoute', allowShellQuery);
    app.addHook('onRequest', async (request, reply) => {
      const asked = localeAsked(request);
      request.locale = asked ?? localeKept(request) ?? localeAccepted(request);
      if (asked) reply.keepLocale(asked);
    });
    app.decorateReply('keepLocale', function (this: FastifyReply, locale: Locale) {
      return this.setCookie(LANGUAGE_COOKIE, locale, { path: '/', sameSite: 'lax', httpOnly: true, secure: true });
    });
    app.decorateReply('page', function (this: FastifyReply, name: string, model: Record<string, unknown>) {
      const { request } = this;
      return this.type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(
          services.templates.page(name, request.locale, {
            errors: [],
            ...model,
            shell: shellOf(request, services, model),
          }),
        );
    });
  },
  { name: 'pages', dependencies: ['sessions'] },
);

/** `lang` and `done` belong to the frame of every page, so a page that names its own query need not repeat them. */
function allowShellQuery(route: RouteOptions): void {
  const query = route.schema?.querystring as { properties?: Record<string, unknown> } | undefined;
  if (!query?.properties) return;
  const shell = { lang: { type: 'string', maxLength: 5 }, done: { type: 'string', maxLength: 60 } };
  route.schema = { ...route.schema, querystring: { ...query, properties: { ...shell, ...query.properties } } };
}

function localeAsked(request: FastifyRequest): Locale | null {
  return asLocale((request.query as { lang?: unknown } | undefined)?.lang);
}

function localeKept(request: FastifyRequest): Locale | null {
  return asLocale(request.cookies[LANGUAGE_COOKIE]);
}

function localeAccepted(request: FastifyRequest): Locale {
  const first = (request.headers['accept-language'] ?? '').split(',')[0]?.trim().toLowerCase() ?? '';
  return first.startsWith('en') ? 'en' : 'ja';
}

function asLocale(value: unknown): Locale | null {
  return value === 'ja' || value === 'en' ? value : null;
}
