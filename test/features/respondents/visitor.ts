import { eq } from 'drizzle-orm';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { respondentLinks } from '../../../db/schema/index.ts';
import { sha256 } from '../../../server/adapters/keys.ts';
import type { TestServices } from '../../support/services.ts';
import { type SentAssessment, sentAssessment } from '../answers/sent-assessment.ts';

export type Invited = SentAssessment & { token: string };
type Options = Parameters<typeof sentAssessment>[2];

/** A sent questionnaire whose link is the one the mail would hold. */
export async function invited(app: FastifyInstance, services: TestServices, options: Options = {}): Promise<Invited> {
  const sent = await sentAssessment(app, services, options);
  const token = services.keys.linkToken(sent.linkId);
  await services.database.inOrganisation(sent.organisationId, (db) =>
    db
      .update(respondentLinks)
      .set({ tokenHash: sha256(token) })
      .where(eq(respondentLinks.id, sent.linkId)),
  );
  return { ...sent, token };
}

/** A browser without a window: keeps cookies, sends forms as a page of this site would. */
export function visitor(app: FastifyInstance, publicUrl: string, address = '127.0.0.1') {
  const cookies = new Map<string, string>();
  async function request(method: 'GET' | 'POST' | 'PUT', url: string, body: { form?: Form; json?: unknown } = {}) {
    const response = await app.inject({
      method,
      url,
      remoteAddress: address,
      headers: {
        ...(method === 'GET' ? {} : { origin: publicUrl }),
        ...(body.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...(body.json ? { 'content-type': 'application/json' } : {}),
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      ...(body.form ? { payload: new URLSearchParams(body.form).toString() } : {}),
      ...(body.json ? { payload: JSON.stringify(body.json) } : {}),
    });
    keep(response);
    return response;
  }
  function keep(response: LightMyRequestResponse) {
    for (const { name, value } of response.cookies) {
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
  }
  return {
    cookies,
    get: (url: string) => request('GET', url),
    post: (url: string, form: Form = {}) => request('POST', url, { form }),
    put: (url: string, json: unknown) => request('PUT', url, { json }),
  };
}

type Form = Record<string, string>;
export type Visitor = ReturnType<typeof visitor>;

/** The code in the newest mail of that kind. */
export async function mailedCode(services: TestServices): Promise<string> {
  const mail = (await services.mails()).find(({ kind }) => kind === 'code');
  const code = /\b\d{8}\b/.exec(mail?.text ?? '')?.[0];
  if (!code) throw new Error('no code was mailed');
  return code;
}

/** A visitor who has come in by link and code. */
export async function insider(app: FastifyInstance, services: TestServices, token: string) {
  const browser = visitor(app, services.config.publicUrl);
  // So that its mail is the newest.
  services.clock.advance(1_000);
  await browser.post('/v/start', { token });
  await browser.post('/v/code', { code: await mailedCode(services) });
  return browser;
}
