import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { AppError } from '../errors.ts';
import type { Services } from '../services.ts';

/** A change must come from one of our own pages. */
export const sameOriginPlugin = fp(
  async (app, { services }: { services: Services }) => {
    // text/plain needs no CORS preflight, so accepting it would let foreign pages post here.
    app.removeContentTypeParser('text/plain');
    app.addHook('onRequest', async (request) => {
      if (isChange(request) && !isSameOrigin(request, services.config.publicUrl)) throw crossSite();
    });
  },
  { name: 'same-origin' },
);
function isChange(request: FastifyRequest): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
}

/**
 * Does the change come from a page of ours (ASVS 3.5.1)? A form posted by a page under `Referrer-Policy: no-referrer` carries
 * `Origin: null` (Fetch standard, "append a request Origin header"): then only Sec-Fetch-Site, which no page can set, may vouch.
 */
function isSameOrigin(request: FastifyRequest, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = request.headers;
  return origin === publicUrl || (origin === 'null' && site === 'same-origin');
}

function crossSite(): AppError {
  return new AppError(403, 'cross_site_request', {
    ja: '別のサイトからの操作とみなし、受け付けませんでした。画面を開き直してから操作してください。',
    en: 'This looked like a request from another site and was refused. Open the page again and repeat.',
  });
}
