import { readConfig } from '../../server/config.ts';
import { remindDue } from '../../server/features/reminders/remind-due.usecases.ts';
import { createLogger } from '../../server/logging.ts';
import { assemble } from '../../server/start-services.ts';

/** A worker process that has queued a reminder, says so, and never comes to the commit; the test kills it. */
const [url = '', dataDir = '', secret = '', now = ''] = process.argv.slice(2);
const config = readConfig({ DATA_DIR: dataDir, APP_SECRET: secret, PORT: '0' });
const clock = { now: () => new Date(now) };
const { services } = await assemble(config, url, { worker: false, clock, log: createLogger('silent') });
const { mail } = services;
await remindDue({
  ...services,
  mail: {
    ...mail,
    enqueue: async (...letter) => {
      await mail.enqueue(...letter);
      console.log('queued');
      return new Promise<string>(() => {});
    },
  },
});
