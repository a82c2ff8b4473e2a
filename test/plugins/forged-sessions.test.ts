import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '../support/database.ts';
import { buildStage, type Stage, session } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await buildStage();
});
afterAll(() => stage.close());

type Part = Record<string, unknown>;
const now = () => Math.floor(Date.now() / 1000);
const encode = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
const header = { alg: 'HS256', typ: 'session+jwt' };

function claims(change: Part = {}): Part {
  const all = {
    sub: stage.sessions.owner,
    aud: 'member',
    iss: 'kantoku',
    jti: randomUUID(),
    iat: now(),
    exp: now() + 600,
  };
  return Object.fromEntries(Object.entries({ ...all, ...change }).filter(([, value]) => value !== undefined));
}

/** Signed with the real key unless told otherwise: what is forged is everything else. */
function token(
  head: Part | string,
  body: Part | string,
  hash = 'sha256',
  key: Buffer | string = stage.services.keys.session,
): string {
  const signed = `${encode(head)}.${encode(body)}`;
  return `${signed}.${createHmac(hash, key).update(signed).digest('base64url')}`;
}

function ask(value: string, name = '__Host-kantoku', url = '/account') {
  return stage.app.inject({ url, headers: { cookie: `${name}=${value}`, accept: 'application/json' } });
}

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const tampered = (text: string) => text.replace(/^(.)/, (first) => (first === 'A' ? 'B' : 'A'));

/** 43 characters of base64url hold 258 bits for 256: the last character of a signature can be written in four ways. */
function otherSpelling(last: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(last) + 1] ?? '';
}

const forgeries: Record<string, () => string> = {
  'alg none': () => `${encode({ ...header, alg: 'none' })}.${encode(claims())}.`,
  'alg None': () => `${encode({ ...header, alg: 'None' })}.${encode(claims())}.`,
  'alg none, signed': () => token({ ...header, alg: 'none' }, claims()),
  'alg missing': () => token({ typ: 'session+jwt' }, claims()),
  'alg null': () => token({ ...header, alg: null }, claims()),
  'alg HS384': () => token({ ...header, alg: 'HS384' }, claims(), 'sha384'),
  'alg HS512': () => token({ ...header, alg: 'HS512' }, claims(), 'sha512'),
  'alg HS384 in the header only': () => token({ ...header, alg: 'HS384' }, claims()),
  'alg RS256 by another key': () => {
    const signed = `${encode({ ...header, alg: 'RS256' })}.${encode(claims())}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  },
  'HMAC with a public key': () => token(header, claims(), 'sha256', publicKey.export({ type: 'spki', format: 'pem' })),
  'HMAC with no key': () => token(header, claims(), 'sha256', ''),
  'HMAC with another key of ours': () => token(header, claims(), 'sha256', stage.services.keys.databasePassword),
  'typ JWT': () => token({ ...header, typ: 'JWT' }, claims()),
  'typ missing': () => token({ alg: 'HS256' }, claims()),
  'typ of another purpose': () => token({ ...header, typ: 'pdf+jwt' }, claims()),
  'crit unknown': () => token({ ...header, crit: ['x-new'], 'x-new': true }, claims()),
  'no exp': () => token(header, claims({ exp: undefined })),
  'exp in the past': () => token(header, claims({ exp: now() - 1, iat: now() - 600 })),
  'exp as text': () => token(header, claims({ exp: String(now() + 600) })),
  'exp null': () => token(header, claims({ exp: null })),
  'exp as an object': () => token(header, claims({ exp: {} })),
  'nbf in the future': () => token(header, claims({ nbf: now() + 600 })),
  'nbf as text': () => token(header, claims({ nbf: 'soon' })),
  'iat missing': () => token(header, claims({ iat: undefined })),
  'iat in the future': () => token(header, claims({ iat: now() + 600, exp: now() + 1200 })),
  'iat as text': () => token(header, claims({ iat: 'now' })),
  'no sub': () => token(header, claims({ sub: undefined })),
  'sub of no session': () => token(header, claims({ sub: randomUUID() })),
  'sub not an id': () => token(header, claims({ sub: "' or 1=1 --" })),
  'sub 36 dashes': () => token(header, claims({ sub: '-'.repeat(36) })),
  'sub a number': () => token(header, claims({ sub: 5 })),
  'sub a list': () => token(header, claims({ sub: [stage.sessions.owner] })),
  'no aud': () => token(header, claims({ aud: undefined })),
  'aud of respondents': () => token(header, claims({ aud: 'respondent' })),
  'aud unknown': () => token(header, claims({ aud: 'admin' })),
  'no iss': () => token(header, claims({ iss: undefined })),
  'iss unknown': () => token(header, claims({ iss: 'evil' })),
  'no jti': () => token(header, claims({ jti: undefined })),
  'a respondent session as a member': () => token(header, claims({ sub: stage.sessions.respondent })),
  'body tampered': () => token(header, claims()).replace(/\.([^.]+)\./, (_all, body: string) => `.${tampered(body)}.`),
  'signature tampered': () => token(header, claims()).replace(/[^.]+$/, tampered),
  'signature in another spelling': () => token(header, claims()).replace(/.$/, otherSpelling),
  'signature cut': () => token(header, claims()).slice(0, -4),
  'signature padded': () => `${token(header, claims())}=`,
  'signature missing': () => token(header, claims()).replace(/[^.]+$/, ''),
  'two parts': () => token(header, claims()).split('.').slice(0, 2).join('.'),
  'four parts': () => `${token(header, claims())}.x`,
  'header not JSON': () => token('not json', claims()),
  'header a list': () => token('[]', claims()),
  'body not JSON': () => token(header, 'not json'),
  'body null': () => token(header, 'null'),
  'not a token': () => 'hello',
  'very long': () => 'A'.repeat(6000),
};

describe('Forged and misused sessions', () => {
  test('The untouched token opens the page', async () => {
    expect((await ask(token(header, claims()))).statusCode).toBe(200);
  });

  test('A key id is neither fetched nor used to choose a key', async () => {
    for (const extra of [
      { kid: '../../dev/null' },
      { kid: "1' or '1'='1" },
      { jku: 'https://evil.example/keys' },
      { jwk: { kty: 'oct', k: 'AA' } },
    ]) {
      expect((await ask(token({ ...header, ...extra }, claims(), 'sha256', 'AA'))).statusCode).toBe(401);
    }
  });

  test(`${Object.keys(forgeries).length} forgeries get one and the same 401`, async () => {
    expect(Object.keys(forgeries).length).toBeGreaterThanOrEqual(40);
    const wanted = (await stage.app.inject({ url: '/account', headers: { accept: 'application/json' } })).body;
    for (const [name, forge] of Object.entries(forgeries)) {
      const { statusCode, body } = await ask(forge());
      expect(`${name} ${statusCode}`).toBe(`${name} 401`);
      expect(body).toBe(wanted);
    }
  });

  test('A member session in the cookie of respondents opens nothing, and the other way round', async () => {
    expect((await ask(token(header, claims()), '__Host-kantoku-respondent', '/respond')).statusCode).toBe(401);
    const respondent = token(header, claims({ sub: stage.sessions.respondent, aud: 'respondent' }));
    expect((await ask(respondent, '__Host-kantoku-respondent', '/respond')).statusCode).toBe(200);
    expect((await ask(respondent)).statusCode).toBe(401);
  });

  test.each([
    ['a revoked session', 'update sessions set revoked_at = now() where id = $1'],
    ['a session past its day', `update sessions set expires_at = '2026-04-15T00:59:59Z' where id = $1`],
    ['a session left alone too long', `update sessions set last_seen_at = '2026-04-14T20:00:00Z' where id = $1`],
    [
      'a disabled member',
      'update members set disabled_at = now() where id = (select member_id from sessions where id = $1)',
    ],
  ])('%s is out with the next request', async (_name, change) => {
    const id = await session(stage, stage.ids.organisation, { memberId: stage.ids.member });
    const value = token(header, claims({ sub: id }));
    expect((await ask(value)).statusCode).toBe(200);
    await asOwner(stage.services.ownerUrl, (client) => client.query(change, [id]));
    expect((await ask(value)).statusCode).toBe(401);
  });
});
