import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../services.ts';
import { securityHeaders } from './security-headers.ts';

/** What one client may take; times in milliseconds, after which its connection is closed. */
export type Limits = {
  /** From the first byte to the end of the headers. */
  headers: number;
  /** From the headers to the end of a form or an answer. */
  body: number;
  /** From the first byte to the last of the largest upload. */
  request: number;
  /** Without a byte in either direction, also while we answer. */
  silence: number;
  /** Between two requests on one connection. */
  keepAlive: number;
  /** From one address (IPv6: one /64), besides the stricter limits of routes where guessing pays. */
  requestsPerMinute: number;
};
export const limits: Limits = {
  headers: 10_000,
  body: 20_000,
  request: 120_000,
  silence: 30_000,
  keepAlive: 10_000,
  requestsPerMinute: 1_200,
};

/** Fastify as strict as it gets: by default it waits for ever, turns null into 0 and drops fields it does not know. */
export function serverOptions(services: Pick<Services, 'config' | 'log'>, limits: Limits) {
  return {
    loggerInstance: services.log,
    trustProxy: trusted(services.config.trustProxy),
    requestTimeout: limits.request,
    connectionTimeout: limits.silence,
    keepAliveTimeout: limits.keepAlive,
    // Node looks for requests that took too long only every 30 s unless told otherwise.
    http: { headersTimeout: limits.headers, connectionsCheckingInterval: Math.min(1_000, limits.headers) },
    bodyLimit: 1024 * 1024,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: true } },
    routerOptions: { maxParamLength: 200 },
    frameworkErrors,
    clientErrorHandler,
  };
}

/** A hop count becomes a predicate: addresses nearer than that many hops are believed. */
function trusted(setting: Services['config']['trustProxy']) {
  return typeof setting === 'number' ? (_address: string, hop: number) => hop < setting : setting;
}

/** Addresses the router cannot read (`/%E0%A4%A`): no hook has run, so everything is set here. */
function frameworkErrors(_error: FastifyError, _request: FastifyRequest, reply: FastifyReply) {
  return reply
    .status(400)
    .headers(securityHeaders)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(problem(400));
}

/** Bytes that are not HTTP, headers that never end or are too long: answered on the bare socket, which is then closed. */
function clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const status = statuses[error.code ?? ''] ?? 400;
  const body = problem(status);
  const headers = {
    ...securityHeaders,
    'cache-control': 'no-store',
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`);
  socket.destroySoon();
}

const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

function problem(status: number): string {
  const message =
    status === 408
      ? {
          ja: '送信に時間がかかりすぎたため、接続を閉じました。もう一度お試しください。',
          en: 'Sending took too long and the connection was closed. Try again.',
        }
      : {
          ja: 'リクエストの形式を読み取れませんでした。アドレスを確かめてください。',
          en: 'The request could not be read. Check the address.',
        };
  const code = status === 408 ? 'request_timeout' : 'bad_request';
  return JSON.stringify({ type: 'about:blank', status, code, title: message.en, message });
}
