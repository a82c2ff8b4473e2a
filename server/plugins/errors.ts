import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { AppError, type InvalidField, notFound } from '../errors.ts';
import { messages } from './error-messages.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** JSON pointers of the fields that a body names or nests otherwise than the page. */
    pointers?: Readonly<Record<string, string>>;
  }
}

/** Every failure leaves as problem+json (API) or as a page (people); what is not an AppError names nothing but an error id. */
export const errorsPlugin = fp(
  async (app) => {
    app.setNotFoundHandler(async (request, reply) => {
      // Whoever is signed in keeps the menu on the page that says so.
      if (!wantsJson(request)) request.principal = await request.member().catch(() => null);
      return answer(request, reply, notFound());
    });
    app.setErrorHandler(async (error: FastifyError, request, reply) => {
      const known = error instanceof AppError ? error : translate(error);
      if (known) return answer(request, reply, known);
      const errorId = randomUUID();
      request.log.error({ err: error, errorId }, 'unexpected error');
      return answer(request, reply, unexpected(errorId));
    });
  },
  { name: 'errors' },
);

function answer(request: FastifyRequest, reply: FastifyReply, error: AppError) {
  reply.status(error.status).headers({ 'cache-control': 'no-store', 'content-language': request.locale });
  if (typeof error.details.retryAfter === 'number') reply.header('retry-after', error.details.retryAfter);
  if (wantsJson(request)) {
    return reply.type('application/problem+json').send({
      type: 'about:blank',
      status: error.status,
      code: error.code,
      title: error.publicMessage[request.locale],
      message: error.publicMessage,
      ...(error.fields.length > 0 ? { errors: error.fields.map((field) => pointed(field, request)) } : {}),
      ...error.details,
    });
  }
  return reply.page('errors/error', {
    heading: headingOf(error),
    message: error.publicMessage,
    status: error.status,
    fields: error.fields,
    errorId: error.details.errorId ?? null,
    signIn: error.code === 'sign_in_needed' ? signInAddress(request) : null,
    enter: error.code === 'link_needed',
  });
}

/** With a JSON pointer (RFC 6901): fields are named as on the page, which is where most of them stand in a body too. */
function pointed({ path, message }: InvalidField, { routeOptions }: FastifyRequest) {
  const pointer = routeOptions.config.pointers?.[path] ?? (path === '' || path.startsWith('/') ? path : `/${path}`);
  return { path, pointer, message };
}

/** A vendor has no account, so its 401 has a heading of its own; a 409 is a clash only where somebody else was faster. */
function headingOf({ code, status, details }: AppError): string {
  if (code === 'link_needed') return 'error.heading.linkNeeded';
  if (code === 'wrong_state') return `error.heading.wrongState.${String(details.state)}`;
  if (code === 'not_submitted') return 'error.heading.wrongState.inProgress';
  if (status === 409 && !/_changed$|^stale_/.test(code)) return 'error.heading.notNow';
  return HEADINGS.has(status) ? `error.heading.${status}` : 'error.heading';
}

/** Statuses whose page has a heading of its own in templates/text/shell.json. */
const HEADINGS = new Set([400, 401, 403, 404, 409, 410, 413, 415, 429, 500, 503]);

/** Back to the page that was asked for, once signed in. */
function signInAddress({ method, url }: FastifyRequest): string {
  return method === 'GET' && url !== '/' ? `/sign-in?${new URLSearchParams({ to: url })}` : '/sign-in';
}

function wantsJson(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/') || (request.headers.accept ?? '').includes('application/json');
}

/** Errors of the framework that a person can mend. */
function translate(error: FastifyError): AppError | null {
  // A malformed id is an id nobody has: it must not be told apart from a foreign one.
  if (error.validation && error.validationContext === 'params') return notFound();
  if (error.validation) {
    const fields = error.validation.slice(0, MOST_FIELDS).map(toField);
    return new AppError(400, 'invalid_input', messages.invalid, { fields });
  }
  const status = error.statusCode ?? 500;
  if (status === 413) return new AppError(413, 'too_large', messages.tooLarge);
  if (status === 415) return new AppError(415, 'unsupported_media_type', messages.mediaType);
  if (status === 429) return new AppError(429, 'too_many_requests', messages.tooMany);
  if (isDatabaseDown(error)) return new AppError(503, 'database_unavailable', messages.databaseDown);
  return status >= 400 && status < 500 ? new AppError(status, 'bad_request', messages.invalid) : null;
}

/** Enough to mend; a body of 1 MB can be wrong in 400,000 places, and 50 MB of answer. */
const MOST_FIELDS = 20;

type Validation = NonNullable<FastifyError['validation']>[number];

function toField({ instancePath, keyword, params, message }: Validation): InvalidField {
  const missing = (params as { missingProperty?: string }).missingProperty;
  const extra = (params as { additionalProperty?: string }).additionalProperty;
  if (missing)
    return field(
      `${instancePath}/${missing}`,
      'この項目は必須です。値を入れてください。',
      'This is required. Give it a value.',
    );
  if (extra)
    return field(
      `${instancePath}/${extra}`,
      'この項目は受け付けていません。取り除いてください。',
      'This is not accepted here. Remove it.',
    );
  return field(
    instancePath,
    `形式が正しくありません（${keyword}）。入力し直してください。`,
    `Not of the expected form: ${message ?? keyword}.`,
  );
}

function field(path: string, ja: string, en: string): InvalidField {
  return { path, message: { ja, en } };
}

export function isDatabaseDown(error: Error & { code?: string; cause?: unknown }): boolean {
  const codes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '08006', '08001', '53300'];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (
      codes.includes((at as { code?: string }).code ?? '') ||
      /Connection terminated|timeout exceeded when trying to connect/.test(at.message)
    )
      return true;
    if (at instanceof AggregateError && at.errors.some((inner) => isDatabaseDown(inner as Error))) return true;
  }
  return false;
}

function unexpected(errorId: string): AppError {
  return new AppError(500, 'unexpected', messages.unexpected, { details: { errorId } });
}
