import type { Services } from '../../../server/services.ts';
import type { TestApp } from '../../support/app.ts';
import type { SentAssessment } from './sent-assessment.ts';

/** What a respondent's browser does, without the browser. */
export function respondentOf(
  { app, services }: Pick<TestApp, 'app'> & { services: Services },
  { respondent }: SentAssessment,
) {
  const headers = { cookie: respondent, origin: services.config.publicUrl };
  const reply = (response: Awaited<ReturnType<typeof app.inject>>) => ({
    status: response.statusCode,
    body: response.body,
    headers: response.headers as Record<string, unknown>,
    get json(): unknown {
      return response.json();
    },
  });
  return {
    get: async (url: string) => reply(await app.inject({ url, headers: { cookie: respondent } })),
    put: async (questionId: string, payload: object) =>
      reply(await app.inject({ method: 'PUT', url: `/api/respond/answers/${questionId}`, headers, payload })),
    /** As the page's script saves one question. */
    type: async (questionId: string, fields: Record<string, string | string[]>) =>
      reply(
        await app.inject({
          method: 'PUT',
          url: `/api/respond/answers/${questionId}`,
          headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
          payload: encoded(fields),
        }),
      ),
    /** As the page posts without scripts. */
    post: async (section: string, fields: Record<string, string | string[]>, files: Upload[] = []) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
      for (const { control, name, bytes } of files) form.append(control, new Blob([bytes]), name);
      return reply(
        await app.inject({ method: 'POST', url: `/respond/sections/${section}`, ...(await multipart(form, headers)) }),
      );
    },
    upload: async (subject: string, name: string, bytes: Uint8Array<ArrayBuffer>, replaces?: string) => {
      const form = new FormData();
      form.append('subject', subject);
      if (replaces) form.append('replaces', replaces);
      form.append('file', new Blob([bytes]), name);
      return reply(
        await app.inject({ method: 'POST', url: '/api/respond/evidence', ...(await multipart(form, headers)) }),
      );
    },
    reuse: async (id: string, subject: string) =>
      reply(
        await app.inject({ method: 'POST', url: `/api/respond/evidence/${id}/uses`, headers, payload: { subject } }),
      ),
    /** Dates of a file, as typed. */
    date: async (id: string, effectiveOn: string, expiresOn: string) =>
      reply(
        await app.inject({
          method: 'PUT',
          url: `/api/respond/evidence/${id}`,
          headers,
          payload: { effectiveOn, expiresOn },
        }),
      ),
    remove: async (id: string) =>
      reply(await app.inject({ method: 'DELETE', url: `/api/respond/evidence/${id}`, headers })),
  };
}

export type Upload = { control: string; name: string; bytes: Uint8Array<ArrayBuffer> };

async function multipart(form: FormData, headers: Record<string, string>) {
  const request = new Request('http://localhost', { method: 'POST', body: form });
  return {
    headers: { ...headers, 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  };
}

function encoded(fields: Record<string, string | string[]>): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
  return body.toString();
}

export function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text));
}
