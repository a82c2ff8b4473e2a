import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';
import { accountPages } from './account.pages.ts';
import { memberPages } from './members.pages.ts';
import { passwordLinkPages } from './password-link.pages.ts';
import { sessionPages } from './session.pages.ts';
import { welcomePages } from './welcome.pages.ts';

/** Signing in and out, one-time links, one's own account, the members of the organisation. */
export async function accountsPages(app: FastifyInstance, options: { services: Services }): Promise<void> {
  for (const pages of [sessionPages, welcomePages, passwordLinkPages, accountPages, memberPages]) {
    await app.register(pages, options);
  }
}
