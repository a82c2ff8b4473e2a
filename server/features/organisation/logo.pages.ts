import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { AppError } from '../../errors.ts';
import { memberOf, respondentOf } from '../../plugins/access.ts';
import { formBody, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { MemberPrincipal, Principal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { createTurnstile } from '../../turnstile.ts';
import { readLogoImage, removeLogo, replaceLogo } from './logo.usecases.ts';
import { showSettings } from './settings.pages.ts';
import { uploadedLogo, uploadOptions } from './uploaded-logo.ts';

const edit = { action: 'organisation.edit' } as const;
const params = Type.Object({ id: Type.String({ maxLength: 100 }) }, { additionalProperties: false });
type Params = Static<typeof params>;

/** The logo: put there and taken away by owners, seen by members and by the respondents of the organisation's requests. */
export async function logoPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  await app.register(multipart, uploadOptions);
  const oneOfTwo = createTurnstile(2);

  // Where the page of a refused upload is reloaded, or read in the other language.
  for (const url of ['/organisation/logo', '/organisation/logo/removal']) {
    app.get(url, { config: edit }, (_request, reply) => reply.redirect('/organisation', 303));
  }

  app.post(
    '/organisation/logo',
    {
      config: { ...edit, rateLimit: { max: 60, timeWindow: '1 minute' } },
      schema: { consumes: ['multipart/form-data'] },
    },
    async (request, reply) =>
      change(services, memberOf(request), reply, 'logoSaved', async (member) => {
        const { file, seen } = await uploadedLogo(request);
        await oneOfTwo.pass(() => replaceLogo(services, member, file, seen));
      }),
  );

  app.post<{ Body: PostedForm }>(
    '/organisation/logo/removal',
    { config: edit, schema: { body: formBody(['seen']) } },
    async (request, reply) =>
      change(services, memberOf(request), reply, 'logoRemoved', (member) =>
        removeLogo(services, member, textOf(request.body, 'seen')),
      ),
  );

  app.get('/organisation/logo/:id', { config: { action: 'organisation.view' }, schema: { params } }, (request, reply) =>
    picture(services, memberOf(request), request, reply),
  );

  app.get('/respond/logo/:id', { config: { action: 'respond.view' }, schema: { params } }, (request, reply) =>
    picture(services, respondentOf(request), request, reply),
  );
}

/** What a person can mend is said on the page of the form. */
async function change(
  services: Services,
  member: MemberPrincipal,
  reply: FastifyReply,
  done: 'logoSaved' | 'logoRemoved',
  work: (member: MemberPrincipal) => Promise<void>,
): Promise<FastifyReply> {
  try {
    await work(member);
    return reply.redirect(`/organisation?done=organisation.${done}`, 303);
  } catch (error) {
    if (!(error instanceof AppError) || ![400, 409, 413, 422].includes(error.status)) throw error;
    const errors = [{ path: 'logo', message: error.publicMessage }];
    return showSettings(services, member, reply.status(error.status), { errors });
  }
}

/** Another logo has another address, so a browser may keep this one; nobody in between may. */
async function picture(
  services: Services,
  reader: Principal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const image = await readLogoImage(services, reader, (request.params as Params).id);
  return reply
    .header('content-type', 'image/png')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cache-control', 'private, max-age=86400, immutable')
    .send(image);
}
