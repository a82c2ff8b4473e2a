import type { TestApp } from '../../support/app.ts';

/** A browser as far as the server can tell: keeps cookies, sends Origin, posts forms. */
export class Browser {
  private readonly jar = new Map<string, string>();
  private readonly test: TestApp;
  private readonly ip: string;

  constructor(test: TestApp, ip = '127.0.0.1') {
    this.test = test;
    this.ip = ip;
  }

  cookies(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async get(url: string) {
    return this.keep(await this.test.app.inject({ url, headers: { cookie: this.cookies() }, remoteAddress: this.ip }));
  }

  async post(url: string, form: Record<string, string>) {
    const headers = {
      cookie: this.cookies(),
      origin: this.test.services.config.publicUrl,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const payload = new URLSearchParams(form).toString();
    return this.keep(await this.test.app.inject({ method: 'POST', url, headers, payload, remoteAddress: this.ip }));
  }

  private keep<Answer extends { cookies: { name: string; value: string }[] }>(answer: Answer): Answer {
    for (const { name, value } of answer.cookies) {
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return answer;
  }
}

/** The one-time token in an address or in the text of a mail. */
export function tokenOf(text: string | null | undefined): string {
  return /#(ktk\w_[\w-]+)/.exec(text ?? '')?.[1] ?? '';
}
