import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mails } from '../../../db/schema/index.ts';
import { openLetter } from '../../../server/adapters/mail/outbox.ts';
import { asOwner, createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type MailRoom, openMailRoom } from '../../support/mail-room.ts';

let files: TestDatabase;
let folder: string;
let room: MailRoom;
const organisationId = randomUUID();
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  files = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'kantoku-mail-'));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await files.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('a mail is delivered as it was written, and its row forgets the text', async () => {
  const smtp = await startSmtp(() => undefined);
  await open(smtp.url);
  const id = await enqueue();
  expect((await row(id)).sealed).not.toContain('ktk1_');
  await room.runQueued();
  const [mail] = await Promise.all(smtp.received.map((source) => PostalMime.parse(source)));
  expect(mail).toMatchObject({
    from: { name: '監督', address: 'noreply@kantoku.example' },
    to: [{ name: '田中 花子', address: 'tanaka@vendor.example' }],
    subject: '回答のお願い（株式会社サンプル）',
    messageId: `<${id}@kantoku.example>`,
    attachments: [
      { filename: '回答控え.txt', mimeType: 'text/plain' },
      { filename: '回答控え.pdf', mimeType: 'application/pdf' },
    ],
  });
  expect(Buffer.from(mail?.attachments[1]?.content as ArrayBuffer).toString()).toBe('%PDF-1.7');
  expect(mail?.text?.trim()).toBe('リンク：https://kantoku.example/respond#ktk1_secret');
  expect(mail?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  expect(await row(id)).toMatchObject({ state: 'sent', sealed: '', tries: 1, failure: null, sentAt: expect.any(Date) });
});

test('a server that is busy is asked again, with the same Message-ID', async () => {
  const smtp = await startSmtp((attempt) => (attempt === 1 ? 451 : undefined));
  await open(smtp.url);
  const id = await enqueue();
  await room.runQueued();
  expect(smtp.received).toHaveLength(2);
  const ids = await Promise.all(smtp.received.map(async (source) => (await PostalMime.parse(source)).messageId));
  expect(ids).toEqual([`<${id}@kantoku.example>`, `<${id}@kantoku.example>`]);
  expect(await row(id)).toMatchObject({ state: 'sent', tries: 2 });
});

test('a refusal is final and visible with its reason', async () => {
  const smtp = await startSmtp(() => 550);
  await open(smtp.url);
  const id = await enqueue();
  await room.runQueued();
  expect(await row(id)).toMatchObject({ state: 'failed', tries: 1, sealed: '', failure: expect.stringMatching(/550/) });
});

test('a server that never answers is given up after all attempts', async () => {
  await open('smtp://127.0.0.1:1');
  const id = await enqueue();
  await room.runQueued();
  expect(await row(id)).toMatchObject({
    state: 'failed',
    tries: 9,
    sealed: '',
    failure: expect.stringMatching(/ECONNREFUSED/),
  });
  await expect(room.mail.check()).rejects.toThrow(/ECONNREFUSED/);
});

test('a worker killed after the server took the mail causes a copy with the same Message-ID, nothing worse', async () => {
  let worker: ReturnType<typeof spawn> | undefined;
  const smtp = await startSmtp((attempt) => {
    if (attempt === 1) worker?.kill('SIGKILL');
    return undefined;
  });
  await open(smtp.url);
  const id = await enqueue();
  const script = fileURLToPath(new URL('../../support/mail-worker.ts', import.meta.url));
  worker = spawn(process.execPath, [script, files.url, smtp.url, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(worker, 'exit');
  expect(await row(id)).toMatchObject({ state: 'queued', tries: 1 });
  await asOwner(files.ownerUrl, (owner) =>
    owner.query(`update pgboss.job set heartbeat_on = now() - interval '31 seconds'`),
  );
  await room.work();
  await vi.waitFor(async () => expect(await row(id)).toMatchObject({ state: 'sent', tries: 2 }), { timeout: 15_000 });
  const ids = await Promise.all(smtp.received.map(async (source) => (await PostalMime.parse(source)).messageId));
  expect(new Set(ids)).toEqual(new Set([`<${id}@kantoku.example>`]));
});

test('a mail that has gone out is not sent again when its job repeats', async () => {
  const smtp = await startSmtp(() => undefined);
  await open(smtp.url);
  const id = await enqueue();
  await room.runQueued();
  await room.database.inOrganisation(organisationId, (db) => room.queue.send(db, 'send-mail', { organisationId, id }));
  await room.runQueued();
  expect(smtp.received).toHaveLength(1);
  expect(await row(id)).toMatchObject({ state: 'sent', tries: 1 });
});

test('without a mail server a mail becomes a file only its owner can read', async () => {
  await open(undefined);
  const id = await enqueue();
  await room.runQueued();
  const captured = join(folder, 'captured-mail', `${id}.json`);
  expect(readdirSync(join(folder, 'captured-mail'))).toEqual([`${id}.json`]);
  expect(statSync(captured).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(captured, 'utf8'))).toMatchObject({
    kind: 'invitation',
    subject: '回答のお願い（株式会社サンプル）',
  });
  expect(await room.mail.check()).toEqual({ by: 'capture' });
});

test('a sealed text opens only in its own row', async () => {
  await open(undefined);
  const [first, second] = [await enqueue(), await enqueue()];
  const { sealed } = await row(first);
  expect(openLetter(room.keys, sealed, organisationId, first).subject).toMatch(/回答のお願い/);
  expect(() => openLetter(room.keys, sealed, organisationId, second)).toThrow();
  expect(() => openLetter(room.keys, sealed, randomUUID(), first)).toThrow();
});

async function open(mailUrl: string | undefined): Promise<void> {
  room = await openMailRoom({ url: files.url, mailUrl, dataDir: folder });
  closers.push(room.close);
}

function enqueue(): Promise<string> {
  return room.database.inOrganisation(organisationId, (db) =>
    room.mail.enqueue(db, organisationId, {
      kind: 'invitation',
      recipient: { email: 'tanaka@vendor.example', name: '田中 花子' },
      locale: 'ja',
      model: { vendor: '株式会社サンプル' },
      attachments: [
        { name: '回答控え.txt', mediaType: 'text/plain', content: '控え' },
        { name: '回答控え.pdf', mediaType: 'application/pdf', content: 'JVBERi0xLjc=', encoding: 'base64' },
      ],
    }),
  );
}

async function row(id: string): Promise<typeof mails.$inferSelect> {
  const [mail] = await room.database.inOrganisation(organisationId, (db) =>
    db.select().from(mails).where(eq(mails.id, id)),
  );
  if (!mail) throw new Error('no such mail');
  return mail;
}

/** A real SMTP server; `refuse` may answer an attempt with a code. */
async function startSmtp(
  refuse: (attempt: number) => number | undefined,
): Promise<{ url: string; received: string[] }> {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString('utf8'));
        const code = refuse(received.length);
        callback(code ? Object.assign(new Error('no, thank you'), { responseCode: code }) : null);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, received };
}
