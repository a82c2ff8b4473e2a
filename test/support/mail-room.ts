import { connect, type Database } from '../../db/client.ts';
import { deriveKeys, type Keys } from '../../server/adapters/keys.ts';
import { createCarrier } from '../../server/adapters/mail/carrier.ts';
import { createMailDelivery } from '../../server/adapters/mail/delivery.ts';
import { createOutbox } from '../../server/adapters/mail/outbox.ts';
import { type JobQueue, openQueue } from '../../server/adapters/queue.ts';
import type { Templates } from '../../server/adapters/templates.ts';
import { readConfig } from '../../server/config.ts';
import type { Mail } from '../../server/services.ts';

export type MailRoom = {
  database: Database;
  keys: Keys;
  mail: Mail;
  queue: JobQueue;
  runQueued(): Promise<number>;
  work(): Promise<void>;
  close(): Promise<void>;
};

/** The outbox and its worker on a real database, with one template of its own. */
export async function openMailRoom(options: {
  url: string;
  mailUrl: string | undefined;
  dataDir: string;
}): Promise<MailRoom> {
  const clock = { now: () => new Date() };
  const config = readConfig({
    ...{ DATA_DIR: options.dataDir, APP_SECRET: 'for the mail room of the tests only', MAIL_URL: options.mailUrl },
    ...{ MAIL_FROM: '監督 <noreply@kantoku.example>', PUBLIC_URL: 'https://kantoku.example' },
  });
  const keys = deriveKeys(config.secret);
  const database = connect(options.url, { onError: () => {} });
  const queue = await openQueue({ url: options.url, worker: true, onError: () => {}, superviseSeconds: 1 });
  const carrier = createCarrier(config);
  const handlers = { 'send-mail': createMailDelivery({ database, keys, carrier, clock }) };
  return {
    database,
    keys,
    queue,
    mail: createOutbox({ templates, keys, queue, clock, carrier }),
    runQueued: () => queue.runQueued(handlers),
    work: () => queue.work(handlers),
    close: async () => {
      await queue.close();
      await database.close();
      carrier.close();
    },
  };
}

const templates: Pick<Templates, 'mail'> = {
  mail: (_name, _locale, { vendor }) =>
    `Subject: 回答のお願い（${vendor}）\n\nリンク：https://kantoku.example/respond#ktk1_secret\n`,
};
