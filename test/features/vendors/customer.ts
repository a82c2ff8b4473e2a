import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { members, organisations } from '../../../db/schema/index.ts';
import { createSession, type MemberPrincipal } from '../../../server/plugins/sessions.ts';
import type { TestApp } from '../../support/app.ts';

type Role = MemberPrincipal['role'];
export type Form = Record<string, string | readonly string[]>;

/** A signed-in person of a customer: what its browser or program sends, with the session cookie and Origin. */
export type Person = {
  principal: MemberPrincipal;
  cookie: string;
  get(url: string): Promise<LightMyRequestResponse>;
  post(url: string, form?: Form): Promise<LightMyRequestResponse>;
  send(url: string, body?: unknown): Promise<LightMyRequestResponse>;
};
export type Customer = { organisationId: string; owner: Person; member: Person; auditor: Person };

/** A new organisation with one person of each role, on the real database with real sessions. */
export async function newCustomer(test: TestApp, options: { isEntrustee?: boolean } = {}): Promise<Customer> {
  const organisationId = randomUUID();
  const { database } = test.services;
  await database.inOrganisation(organisationId, (db) =>
    db.insert(organisations).values({
      id: organisationId,
      name: 'みなと社会保険労務士法人',
      nameEn: 'Minato Labour Law Office',
      isEntrustee: options.isEntrustee ?? false,
    }),
  );
  const person = (role: Role, name: string) => newPerson(test, organisationId, role, name);
  return {
    organisationId,
    owner: await person('owner', '佐藤 花子'),
    member: await person('member', '鈴木 次郎'),
    auditor: await person('auditor', '監査 太郎'),
  };
}

async function newPerson(test: TestApp, organisationId: string, role: Role, name: string): Promise<Person> {
  const { app, services } = test;
  const memberId = randomUUID();
  const now = services.clock.now();
  const sessionId = await services.database.inOrganisation(organisationId, async (db) => {
    await db
      .insert(members)
      .values({ organisationId, id: memberId, email: `${memberId}@customer.example`, name, role });
    return createSession(db, now, { organisationId, kind: 'member', memberId });
  });
  const token = app.jwt.sign({ sub: sessionId, aud: 'member', jti: randomUUID() }, { expiresIn: 60 * 60_000 });
  const headers = {
    cookie: `__Host-kantoku=${token}; kantoku-lang=ja`,
    origin: services.config.publicUrl,
  };
  const formType = 'application/x-www-form-urlencoded';
  return {
    cookie: headers.cookie,
    principal: { kind: 'member', organisationId, sessionId, memberId, name, role },
    get: (url) => app.inject({ url, headers }),
    post: (url, form = {}) =>
      app.inject({ method: 'POST', url, headers: { ...headers, 'content-type': formType }, payload: encoded(form) }),
    send: (url, body) =>
      app.inject({ method: 'POST', url, headers, ...(body === undefined ? {} : { payload: body as object }) }),
  };
}

function encoded(form: Form): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one);
  return body.toString();
}

/** The text people read, without tags and with single spaces. */
export function words(html: string): string {
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}
