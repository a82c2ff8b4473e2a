import { pino } from 'pino';

export type Logger = ReturnType<typeof createLogger>;

/**
 * JSON lines on standard output. Only what is named here of a request or an error is written: answers, codes, links and
 * cookies travel in bodies, parameters and headers, and the parameters of a failed query are answers too (ASVS 16.2.5).
 */
export function createLogger(level: string, destination?: NodeJS.WritableStream) {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { req, res, err } };
  return destination ? pino(options, destination) : pino(options);
}

function req(request: { id: string; method: string; url: string; ip?: string }) {
  return { id: request.id, method: request.method, path: withoutSecrets(request.url), ip: request.ip };
}

function res(reply: { statusCode: number }) {
  return { statusCode: reply.statusCode };
}

type Logged = { type: string; message: string; stack?: string | undefined; code?: string; cause?: Logged };

/** Of database errors, `detail` and `where` quote values, data exceptions do so in the message, drizzle appends them to it. */
function err(error: unknown): Logged {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' };
  const { code } = error as { code?: unknown };
  const message = withoutValues(error.message, code);
  return {
    type: error.name,
    message,
    stack: error.stack?.replace(error.message, () => message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.cause instanceof Error ? { cause: err(error.cause) } : {}),
  };
}

/** SQLSTATE class 22 is "data exception": what stands in quotes is the datum. */
function withoutValues(message: string, code: unknown): string {
  const text = message.replace(/^params: [\s\S]*/m, 'params: (not logged)');
  return typeof code === 'string' && /^22[\dA-Z]{3}$/.test(code) ? text.replace(/"[\s\S]*"/, '"…"') : text;
}

/** Query strings may hold what people typed; one-time links are paths that end in 43 characters of base64url. */
function withoutSecrets(url: string): string {
  const [path = ''] = url.split(/[?#]/, 1);
  // Counted from the end: a pattern would try every place of an address of 16 KB, at the cost of its square.
  let start = path.length;
  while (start > 0 && /[\w-]/.test(path[start - 1] ?? '')) start -= 1;
  const last = path.slice(start);
  return last.length < 32 || /^[\da-f-]{36}$/.test(last) ? path : `${path.slice(0, start)}…`;
}
