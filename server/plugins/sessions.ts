import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import { eq, sql } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Transaction } from '../../db/client.ts';
import { sessions } from '../../db/schema/index.ts';
import type { LinkScope } from '../../db/schema/respondents.ts';
import type { RespondentRole, Role } from '../domain/assessment/permissions.ts';
import type { Services } from '../services.ts';
import { type Asker, askerOf, type OpenedSession } from './opened-session.ts';
import { registerTokens, sessionIdOf, signToken } from './session-token.ts';

export type MemberPrincipal = {
  kind: 'member';
  organisationId: string;
  sessionId: string;
  memberId: string;
  name: string;
  role: Exclude<Role, RespondentRole>;
};
export type RespondentPrincipal = {
  kind: 'respondent';
  organisationId: string;
  sessionId: string;
  linkId: string;
  assessmentId: string;
  name: string;
  email: string;
  role: RespondentRole;
  /** What this person answers; null: everything. */
  scope: LinkScope | null;
  /** Who asks, for the head of the pages; work that is not behind a page needs none. */
  asker?: Asker;
};
export type Principal = MemberPrincipal | RespondentPrincipal;
type Kind = Principal['kind'];

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access plugin for routes that need a session. */
    principal: Principal | null;
    member(): Promise<MemberPrincipal | null>;
    respondent(): Promise<RespondentPrincipal | null>;
  }
  interface FastifyReply {
    /** Sets the session cookie for a session row just made. */
    startSession(kind: Kind, sessionId: string): FastifyReply;
    endSession(kind: Kind): FastifyReply;
  }
}

/** Idle and absolute life of a session, in minutes (ASVS 7.3). */
const lives = { member: { idle: 60, absolute: 12 * 60 }, respondent: { idle: 120, absolute: 24 * 60 } } as const;
const cookieNames: Record<Kind, string> = { member: '__Host-kantoku', respondent: '__Host-kantoku-respondent' };

/** Sessions: a pinned JWT that carries nothing but the id of a row, which is read on every request so that revocation is immediate. */
export const sessionsPlugin = fp(
  async (app, { services }: { services: Services }) => {
    await app.register(cookie);
    await registerTokens(app, services);
    app.decorateRequest('principal', null);
    app.decorateRequest('member', function (this: FastifyRequest) {
      return openSession(this, services, 'member') as Promise<MemberPrincipal | null>;
    });
    app.decorateRequest('respondent', function (this: FastifyRequest) {
      return openSession(this, services, 'respondent') as Promise<RespondentPrincipal | null>;
    });
    app.decorateReply('startSession', function (this: FastifyReply, kind: Kind, sessionId: string) {
      const token = signToken(app, kind, sessionId, lives[kind].absolute * 60);
      return this.setCookie(cookieNames[kind], token, cookieOptions(kind));
    });
    app.decorateReply('endSession', function (this: FastifyReply, kind: Kind) {
      return this.clearCookie(cookieNames[kind], cookieOptions(kind));
    });
  },
  { name: 'sessions' },
);

function cookieOptions(kind: Kind) {
  return { path: '/', secure: true, httpOnly: true, sameSite: kind === 'respondent' ? 'strict' : 'lax' } as const;
}

/** Inserts the session row in the caller's transaction and resolves to its id. */
export async function createSession(
  db: Transaction,
  now: Date,
  session: { organisationId: string; kind: Kind; memberId?: string; linkId?: string; assessmentId?: string },
): Promise<string> {
  const id = randomUUID();
  const expiresAt = new Date(now.getTime() + lives[session.kind].absolute * 60_000);
  await db.insert(sessions).values({ ...session, id, lastSeenAt: now, expiresAt });
  return id;
}

async function openSession(request: FastifyRequest, services: Services, kind: Kind): Promise<Principal | null> {
  const token = request.cookies[cookieNames[kind]];
  const sessionId = token ? sessionIdOf(request.server, kind, token) : null;
  if (!sessionId) return null;
  const { rows } = await services.database.pool.query<OpenedSession>('select * from open_session($1)', [sessionId]);
  const row = rows[0];
  const now = services.clock.now();
  if (!row || row.kind !== kind || row.revoked_at || row.expires_at <= now) return null;
  if (now.getTime() - row.last_seen_at.getTime() > lives[kind].idle * 60_000) return null;
  if (now.getTime() - row.last_seen_at.getTime() > 60_000) await touch(services, row.organisation_id, sessionId, now);
  return kind === 'member' ? memberPrincipal(row, sessionId) : respondentPrincipal(row, sessionId);
}

async function touch(services: Services, organisationId: string, sessionId: string, now: Date): Promise<void> {
  await services.database.inOrganisation(organisationId, (db) =>
    db
      .update(sessions)
      .set({ lastSeenAt: now })
      .where(eq(sessions.id, sql`${sessionId}::uuid`)),
  );
}

function memberPrincipal(row: OpenedSession, sessionId: string): MemberPrincipal | null {
  if (!row.member_id || row.member_disabled_at) return null;
  return {
    kind: 'member',
    organisationId: row.organisation_id,
    sessionId,
    memberId: row.member_id,
    name: row.member_name,
    role: row.member_role,
  };
}

function respondentPrincipal(row: OpenedSession, sessionId: string): RespondentPrincipal | null {
  if (!row.link_id || !row.assessment_id || row.link_revoked_at) return null;
  return {
    kind: 'respondent',
    organisationId: row.organisation_id,
    sessionId,
    linkId: row.link_id,
    assessmentId: row.assessment_id,
    name: row.link_name,
    email: row.link_email,
    role: row.link_role,
    scope: row.link_scope,
    asker: askerOf(row),
  };
}
