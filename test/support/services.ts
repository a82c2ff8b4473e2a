import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CapturedMail, listCapturedMails } from '../../server/adapters/mail/capture.ts';
import { loadQuestionnaires } from '../../server/adapters/questionnaire-files.ts';
import { readConfig } from '../../server/config.ts';
import { createLogger } from '../../server/logging.ts';
import type { Clock, Services } from '../../server/services.ts';
import { assemble } from '../../server/start-services.ts';
import { jobHandlers } from '../../server/worker.ts';
import { createTestDatabase, TEST_SECRET } from './database.ts';

export type TestClock = Clock & { set(instant: string): void; advance(milliseconds: number): void };
export type TestServices = Services & {
  clock: TestClock;
  /** Address of the database's owner, for a look behind row-level security with `asOwner`. */
  ownerUrl: string;
  /** Address the server itself works with, for a second process or pool. */
  appUrl: string;
  /** Runs every queued job (mails, reports) in this process; resolves to how many ran. */
  drainJobs(): Promise<number>;
  /** Delivers what is queued and resolves to all mails so far, newest first. */
  mails(): Promise<CapturedMail[]>;
  close(): Promise<void>;
};

/** Read once for all the files a test process runs. */
const questionnaires = loadQuestionnaires();

/** Everything real: an own database, the queue, mail into files, evidence in a temporary folder; only the clock is set. */
export async function startTestServices(env: NodeJS.ProcessEnv = {}): Promise<TestServices> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kantoku-data-'));
  const database = await createTestDatabase();
  const config = readConfig({ DATA_DIR: dataDir, APP_SECRET: TEST_SECRET, PORT: '0', LOG_LEVEL: 'error', ...env });
  const clock = createTestClock('2026-04-15T10:00:00+09:00');
  const log = createLogger(config.logLevel);
  const running = await assemble(config, database.url, { worker: false, clock, log, questionnaires });
  const drainJobs = () => running.queue.runQueued(jobHandlers(running.services, running.carrier));
  return {
    ...running.services,
    clock,
    ownerUrl: database.ownerUrl,
    appUrl: database.url,
    drainJobs,
    mails: async () => {
      await drainJobs();
      return listCapturedMails(dataDir);
    },
    close: async () => {
      await running.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function createTestClock(start: string): TestClock {
  let now = new Date(start);
  return {
    now: () => new Date(now),
    set: (instant) => {
      now = new Date(instant);
    },
    advance: (milliseconds) => {
      now = new Date(now.getTime() + milliseconds);
    },
  };
}
