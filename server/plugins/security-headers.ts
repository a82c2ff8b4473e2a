import type { FastifyReply } from 'fastify';
import fp from 'fastify-plugin';

/** Nothing from elsewhere, nothing inline, no plug-ins, no frames (ASVS 3.4.3, 3.4.6). */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const switchedOff = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'microphone',
  'payment',
  'usb',
];

/** On every response, also on those that never reach a route: unreadable addresses, broken requests, time-outs. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': switchedOff.map((feature) => `${feature}=()`).join(', '),
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
};

/** Set before anything else may answer; a download may tighten its policy, and assets may be kept. */
export const securityHeadersPlugin = fp(
  async (app) => {
    app.addHook('onRequest', async (_request, reply: FastifyReply) => {
      reply.headers(securityHeaders).header('cache-control', 'no-store');
    });
  },
  { name: 'security-headers' },
);
