import type { TestApp } from '../../support/app.ts';
import type { SentAssessment } from '../answers/sent-assessment.ts';

/** The four things a respondent does with workbooks, without a browser. */
export function workbooksOf({ app, services }: TestApp, { respondent }: Pick<SentAssessment, 'respondent'>) {
  const headers = { cookie: respondent, origin: services.config.publicUrl };
  return {
    page: (url = '/respond/workbook') => app.inject({ url, headers: { cookie: respondent } }),
    download: async (lang = 'ja') => {
      const response = await app.inject({
        url: `/respond/workbook.xlsx?lang=${lang}`,
        headers: { cookie: respondent },
      });
      if (response.statusCode !== 200)
        throw new Error(`download: ${response.statusCode} ${response.body.slice(0, 300)}`);
      return new Uint8Array(response.rawPayload);
    },
    upload: async (bytes: Uint8Array<ArrayBuffer>, name = '回答.xlsx') => {
      const form = new FormData();
      form.append('workbook', new Blob([bytes]), name);
      const request = new Request('http://localhost', { method: 'POST', body: form });
      return app.inject({
        method: 'POST',
        url: '/respond/workbook',
        headers: { ...headers, 'content-type': request.headers.get('content-type') ?? '' },
        payload: Buffer.from(await request.arrayBuffer()),
      });
    },
    apply: (location: string, fields: Record<string, string | string[]>) => {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
      return app.inject({
        method: 'POST',
        url: location,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        payload: body.toString(),
      });
    },
  };
}
