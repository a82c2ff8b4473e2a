import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listening } from '../../support/api-client.ts';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { colleague, newTeam, rowsOf, type Team } from '../people/team.ts';
import type { Visitor } from '../respondents/visitor.ts';

let test: TestApp;
let address: string;
/** How many requests have reached the server. */
let arrived = 0;
/** The first copy waits to be printed until this is called; the others wait behind it. */
let goOn: () => void;
beforeAll(async () => {
  test = await buildTestApp();
  const { sheets } = test.services;
  const print = sheets.answers.bind(sheets);
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  sheets.answers = async (sheet, locale) => {
    await held;
    return print(sheet, locale);
  };
  address = await listening(test);
  test.app.server.on('request', () => {
    arrived += 1;
  });
});
afterAll(() => test.close());

const URL_OF_COPY = '/respond/answers.pdf';

function cookieOf({ cookies }: Visitor): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

function fetchCopy(person: Visitor): Promise<Response> {
  return fetch(`${address}${URL_OF_COPY}`, { headers: { cookie: cookieOf(person) } });
}

async function ask(person: Visitor): Promise<Socket> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(`GET ${URL_OF_COPY} HTTP/1.1\r\nhost: ${hostname}\r\ncookie: ${cookieOf(person)}\r\n\r\n`);
  return socket;
}

function printed({ sent }: Team): Promise<Record<string, unknown>[]> {
  const ofThis = `assessment_id = '${sent.assessmentId}'`;
  return rowsOf(test, `select 1 from audit_events where action = 'answerSheet.downloaded' and ${ofThis}`);
}

describe('whoever waits for a copy to be printed', () => {
  it('gets none after leaving or being shut out, and holds up nobody', { timeout: 60_000 }, async () => {
    const team = await newTeam(test);
    const checker = await colleague(test, team, 'checker');
    const first = fetchCopy(team.owner);
    await expect.poll(() => printed(team)).toHaveLength(1);
    const impatient = await Promise.all([1, 2, 3, 4].map(() => ask(team.owner)));
    const shutOut = fetchCopy(checker.browser);
    await expect.poll(() => arrived).toBe(6);
    await team.owner.put(`/api/respond/people/${checker.linkId}/revocation`, {});
    for (const socket of impatient) socket.destroy();
    await expect.poll(async () => connections()).toBe(2);
    goOn();
    expect([(await first).status, (await shutOut).status]).toEqual([200, 401]);
    expect((await fetchCopy(team.owner)).status).toBe(200);
    expect(await printed(team)).toHaveLength(2);
  });
});

function connections(): Promise<number> {
  return new Promise((resolve, reject) => {
    test.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}
