import fp from 'fastify-plugin';
import {
  type Action,
  permissionOf,
  permissions,
  type Role,
  respondentRoles,
} from '../domain/assessment/permissions.ts';
import { AppError } from '../errors.ts';
import type { MemberPrincipal, RespondentPrincipal } from './sessions.ts';

export type DeclaredRoute = { method: string; url: string; action: Action };

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route with what it needs, for the tests that try each as everybody. */
    declaredRoutes: DeclaredRoute[];
  }
  interface FastifyContextConfig {
    /** Row of the permission table this route needs. */
    action?: Action;
  }
}

/** Refuses to start with a route that declares no action, and refuses whoever the table does not name. */
export const accessPlugin = fp(
  async (app) => {
    app.decorate('declaredRoutes', []);
    app.addHook('onRoute', (route) => {
      if (route.url.startsWith('/assets/')) route.config = { ...route.config, action: 'site.view', rateLimit: false };
      const action = route.config?.action;
      if (!action || !Object.hasOwn(permissions, action)) {
        throw new Error(`${route.method} ${route.url} declares no action of the permission table`);
      }
      for (const method of [route.method].flat()) app.declaredRoutes.push({ method, url: route.url, action });
    });
    // After the rate limit, before a body is read: strangers cannot make us parse anything.
    app.addHook('preParsing', async (request) => {
      const action = request.routeOptions.config.action;
      if (!action) return;
      const { roles } = permissionOf(action);
      if (roles === 'anyone') return;
      const wanted = roles.some(isOfVendor) ? await request.respondent() : null;
      const principal = wanted ?? (roles.every(isOfVendor) ? null : await request.member());
      if (!principal) throw roles.every(isOfVendor) ? linkNeeded() : signInNeeded();
      if (!roles.includes(principal.role)) throw principal.kind === 'respondent' ? notYours() : forbidden();
      request.principal = principal;
    });
  },
  { name: 'access', dependencies: ['sessions'] },
);

function signInNeeded(): AppError {
  return new AppError(401, 'sign_in_needed', {
    ja: 'サインインが必要です。サインインし直してから、もう一度お試しください。',
    en: 'You need to sign in. Sign in again, then repeat what you were doing.',
  });
}

function isOfVendor(role: Role): boolean {
  return (respondentRoles as readonly Role[]).includes(role);
}

/** A vendor has no account: the way back in is the link. */
export function linkNeeded(): AppError {
  return new AppError(401, 'link_needed', {
    ja: '回答画面を開くには、依頼メールのリンクからもう一度お入りください。一定時間操作がなかったか、依頼の内容が変更されました。保存済みの回答は残っています。',
    en: 'Open the questionnaire again with the link in the request mail. You were inactive for too long, or the request has changed. Everything you saved is kept.',
  });
}

/** Contributors, checkers and approvers each have their own part. */
function notYours(): AppError {
  return new AppError(403, 'not_your_part', {
    ja: 'この操作は、回答の取りまとめをご担当の方が行います。取りまとめ担当の方にご依頼ください。',
    en: 'This is done by the colleague who coordinates the answers. Please ask that person.',
  });
}

function forbidden(): AppError {
  return new AppError(403, 'forbidden', {
    ja: 'この操作を行う権限がありません。組織の管理者に依頼してください。',
    en: 'You are not allowed to do this. Ask an owner of your organisation.',
  });
}

export function memberOf(request: { principal: MemberPrincipal | RespondentPrincipal | null }): MemberPrincipal {
  if (request.principal?.kind !== 'member') throw signInNeeded();
  return request.principal;
}

export function respondentOf(request: {
  principal: MemberPrincipal | RespondentPrincipal | null;
}): RespondentPrincipal {
  if (request.principal?.kind !== 'respondent') throw signInNeeded();
  return request.principal;
}
