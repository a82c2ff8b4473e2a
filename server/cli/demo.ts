import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CapturedMail } from '../adapters/mail/capture.ts';
import { listCapturedMails } from '../adapters/mail/capture.ts';
import { buildApp } from '../app.ts';
import { type Config, readConfig } from '../config.ts';
import { createSignInLink } from '../features/accounts/sign-in-links.usecases.ts';
import { listen } from '../listen.ts';
import { startReminders } from '../reminders.ts';
import { type Defer, runProgram } from '../run-program.ts';
import { startServices } from '../start-services.ts';
import { jobHandlers } from '../worker.ts';
import { sendAsCustomer } from './demo/customer.ts';
import { createProgress } from './demo/progress.ts';
import { answerAsVendor, type Mailbox } from './demo/respondent.ts';
import { issue, settle } from './demo/reviewer.ts';
import { summaryOf } from './demo/summary.ts';

/**
 * `npm run demo`: the case of June 2023 from the invitation to the report, then the server goes on for a look around.
 * `--once` ends after the PDFs. Its database is thrown away at the next run.
 */
const once = process.argv.slice(2).includes('--once');
const mkSystem = JSON.parse(
  readFileSync(fileURLToPath(new URL('demo/mk-system-2023-06.json', import.meta.url)), 'utf8'),
);

await runProgram(run, { keepRunning: !once });

async function run(defer: Defer): Promise<void> {
  const config = await demoConfig();
  const say = createProgress(process.stdout);
  rmSync(config.dataDir, { recursive: true, force: true });
  say('PostgreSQL を起動し、表を用意しています', 'starting PostgreSQL and preparing the tables');
  const { services, queue, carrier, close } = await startServices(config, { worker: true });
  defer(close);
  const app = await buildApp(services);
  defer(() => app.close());
  await listen(app, config);
  await queue.work(jobHandlers(services, carrier));
  defer(startReminders(services).stop);

  const { principal, assessmentId } = await sendAsCustomer(services, mkSystem);
  say('質問票（90問）を委託先の担当者に送付しました', 'the questionnaire (90 questions) is sent to the vendor');
  const { link } = await answerAsVendor(config.publicUrl, mailbox(config.dataDir), mkSystem, say);
  say('回答を提出しました', 'the answers are submitted');
  const evaluation = await settle(services, principal, assessmentId, mkSystem);
  say('証跡を確認し、評価を確定しました', 'the evidence is settled and the assessment finalised');
  const target = { folder: resolve('out'), name: 'mk-system-2023-06' };
  const { reportId, files } = await issue(services, principal, assessmentId, target);
  say('監査報告書（日本語・英語）を発行しました', 'the audit report is issued in Japanese and English');

  const { questionnaire } = services.questionnaires.get('jp-cloud-ppc', '1.0.0').compiled;
  const urls = once ? [] : await addresses(config, link, reportId, await createSignInLink(services, principal));
  console.log(summaryOf(questionnaire, evaluation, { files, urls }));
  if (!once) console.log('終了するには Ctrl+C を押してください。/ Press Ctrl+C to stop.');
}

/** An own data folder and captured mail, whatever the environment says; with --once a port that is surely free. */
async function demoConfig(): Promise<Config> {
  const { DATABASE_URL: _, MAIL_URL: __, ...env } = process.env;
  const port = once ? await freePort() : (env.PORT ?? '3000');
  const folder = join(env.DATA_DIR ?? 'data', once ? 'demo-once' : 'demo');
  return readConfig({ LOG_LEVEL: 'warn', ...env, PORT: port, DATA_DIR: folder });
}

function freePort(): Promise<string> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(String(typeof address === 'object' && address ? address.port : 0)));
    });
  });
}

/** The captured mails, each handed out once; waits for the worker to deliver. */
function mailbox(dataDir: string): Mailbox {
  const read = new Set<string>();
  return {
    async next(kind) {
      for (let tries = 0; tries < 300; tries += 1) {
        const mail = listCapturedMails(dataDir).find((one: CapturedMail) => one.kind === kind && !read.has(one.id));
        if (mail) {
          read.add(mail.id);
          return mail;
        }
        await pause(100);
      }
      throw new Error(`no mail of the kind "${kind}" has arrived`);
    },
  };
}

async function addresses({ publicUrl }: Config, link: string, reportId: string, signIn: string) {
  return [
    { ja: '委託元としてサインイン（1回限り）', en: 'sign in as the customer (works once)', url: signIn },
    {
      ja: '報告書の画面（サインイン後）',
      en: 'the report (after signing in)',
      url: `${publicUrl}/reports/${reportId}`,
    },
    { ja: '回答者のリンク', en: "the vendor's link", url: link },
    {
      ja: '送信されたメール（確認コードを含む）',
      en: 'the captured mail (with the codes)',
      url: `${publicUrl}/captured-mail`,
    },
  ];
}
