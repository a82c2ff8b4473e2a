/** The least of a browser: keeps cookies, names its origin, follows nothing by itself. */
export type Browser = {
  get(path: string): Promise<Response>;
  /** Posts a form as a page without JavaScript does. */
  post(path: string, fields: Record<string, string>): Promise<Response>;
  put(path: string, json: unknown): Promise<Response>;
  /** Posts a form with one file. */
  upload(
    path: string,
    fields: Record<string, string>,
    file: { name: string; type: string; content: string },
  ): Promise<Response>;
};

export function openBrowser(origin: string): Browser {
  const cookies = new Map<string, string>();

  async function send(path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, origin, cookie, 'accept-language': 'ja' };
    const response = await fetch(new URL(path, origin), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    if (response.status >= 400)
      throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${textOf(await response.text())}`);
    return response;
  }

  return {
    get: (path) => send(path, {}),
    post: (path, fields) => send(path, { method: 'POST', body: new URLSearchParams(fields) }),
    put: (path, json) =>
      send(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }),
    upload: (path, fields, file) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('files', new File([file.content], file.name, { type: file.type }));
      return send(path, { method: 'POST', body: form });
    },
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';');
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
  if (value === '' || /;\s*max-age=0/i.test(line)) cookies.delete(name);
  else cookies.set(name, value);
}

/** The words of a page, for an error message. */
function textOf(body: string): string {
  return body
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 500);
}
