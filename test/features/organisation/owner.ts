import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { auditEvents, members } from '../../../db/schema/index.ts';
import type { TestApp } from '../../support/app.ts';
import { type SentAssessment, sentAssessment, signIn } from '../answers/sent-assessment.ts';

export type OwnedAssessment = SentAssessment & { owner: string };

/** A request that was sent by an organisation, with an owner of it signed in. */
export async function ownedAssessment({ app, services }: TestApp): Promise<OwnedAssessment> {
  const sent = await sentAssessment(app, services);
  const memberId = randomUUID();
  const row = { organisationId: sent.organisationId, id: memberId, email: `${memberId}@example.jp` };
  await services.database.inOrganisation(sent.organisationId, (db) =>
    db.insert(members).values({ ...row, name: '佐藤一郎', role: 'owner' }),
  );
  return { ...sent, owner: await signIn(app, services, { ...sent, memberId }, 'member') };
}

export function post({ app, services }: TestApp, url: string, cookie: string, form: Record<string, string>) {
  return app.inject({
    method: 'POST',
    url,
    headers: {
      cookie,
      origin: services.config.publicUrl,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams(form).toString(),
  });
}

/** Posts a picture as a browser without scripts does; `seen` is the logo the form showed. */
export async function upload(
  { app, services }: TestApp,
  cookie: string,
  file: { bytes: Uint8Array; name: string; seen?: string },
) {
  const form = new FormData();
  form.set('seen', file.seen ?? '');
  form.set('logo', new Blob([new Uint8Array(file.bytes)]), file.name);
  const request = new Request('http://localhost', { method: 'POST', body: form });
  return app.inject({
    method: 'POST',
    url: '/organisation/logo',
    headers: {
      cookie,
      origin: services.config.publicUrl,
      'content-type': request.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await request.arrayBuffer()),
  });
}

/** A picture of that size with transparent ground, a coloured bar and metadata that must not leave. */
export function picture(width: number, height: number, format: 'png' | 'jpeg' | 'webp' = 'png'): Promise<Buffer> {
  const bar = { create: { width: Math.ceil(width / 2), height, channels: 4 as const, background: '#004c59' } };
  return sharp({ create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite([{ input: bar, left: 0, top: 0 }])
    .withExif({ IFD0: { Artist: 'secret-photographer' } })
    .toFormat(format)
    .toBuffer();
}

/** What a page says the logo's address is, or ''. */
export function logoIn(page: string): string {
  return /src="(\/(?:organisation|respond)\/logo\/[0-9a-f-]+)"/.exec(page)?.[1] ?? '';
}

export async function eventsOf({ services }: TestApp, organisationId: string) {
  return services.database.inOrganisation(organisationId, (db) =>
    db.select().from(auditEvents).where(eq(auditEvents.organisationId, organisationId)).orderBy(auditEvents.at),
  );
}
