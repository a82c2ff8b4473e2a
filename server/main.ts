import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { createFirstOwnerLink } from './features/accounts/first-owner.usecases.ts';
import { listen } from './listen.ts';
import { startReminders } from './reminders.ts';
import { runProgram } from './run-program.ts';
import { startServices } from './start-services.ts';
import { jobHandlers } from './worker.ts';

/** `npm start`: pages and background work in one process; `--web` or `--worker` for one of them. */
const roles = readRoles(process.argv.slice(2));

await runProgram(
  async (defer) => {
    const config = readConfig(process.env);
    const { services, queue, carrier, close } = await startServices(config, { worker: roles.worker });
    defer(close);
    if (roles.worker) {
      await queue.work(jobHandlers(services, carrier));
      defer(startReminders(services).stop);
    }
    if (!roles.web) return;
    const app = await buildApp(services);
    defer(() => app.close());
    // Whoever reads the address may rely on everything having started: nothing below can fail any more.
    const firstOwnerLink = await createFirstOwnerLink(services);
    await listen(app, config);
    console.log(`Kantoku: ${config.publicUrl}`);
    if (firstOwnerLink) inviteFirstOwner(firstOwnerLink);
  },
  { keepRunning: true },
);

/** Whoever can read this terminal sets Kantoku up; the address works for 24 hours and until there is an organisation. */
function inviteFirstOwner(link: string): void {
  console.log(
    `最初の管理者を登録してください（24 時間有効）。\nRegister the first owner (valid for 24 hours):\n${link}`,
  );
}

function readRoles(args: readonly string[]): { web: boolean; worker: boolean } {
  const unknown = args.filter((arg) => arg !== '--web' && arg !== '--worker');
  if (unknown.length > 0) {
    console.error(`${unknown.join(' ')}: --web と --worker だけを指定できます。/ only --web and --worker are known.`);
    process.exit(1);
  }
  return {
    web: !args.includes('--worker') || args.includes('--web'),
    worker: !args.includes('--web') || args.includes('--worker'),
  };
}
