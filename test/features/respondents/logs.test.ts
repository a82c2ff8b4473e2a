import { Writable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../../server/app.ts';
import { createLogger } from '../../../server/logging.ts';
import { startTestServices, type TestServices } from '../../support/services.ts';
import { invited, mailedCode, visitor } from './visitor.ts';

let services: TestServices;
afterAll(() => services.close());

describe('the log at its most talkative', () => {
  it('holds neither token nor code nor cookie nor answer', async () => {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    services = await startTestServices();
    services.log = createLogger('trace', sink);
    const app = await buildApp(services);
    const sent = await invited(app, services);
    const person = visitor(app, services.config.publicUrl);
    await person.get(`/v?token=${sent.token}`);
    await person.post('/v/start', { token: sent.token });
    const code = await mailedCode(services);
    await person.post('/v/code', { code: '12' });
    await person.post('/v/code', { code });
    const cookies = [...person.cookies.values()];
    await person.put('/api/respond/answers/ORG-01', { revision: 0, value: '秘密の言葉' });
    await person.post('/respond/submission', { attested: 'yes', unanswered: 'yes', name: '極秘の氏名', title: '部長' });
    await app.close();

    const log = lines.join('');
    expect(log).toContain('/v/start');
    expect(cookies.length).toBeGreaterThan(0);
    for (const secret of [sent.token, code, ...cookies, '秘密の言葉', '極秘の氏名']) expect(log).not.toContain(secret);
  });
});
