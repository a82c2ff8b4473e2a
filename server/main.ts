import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { runProgram } from './run-program.ts';
import { SetupError } from './setup-error.ts';
import { startServices } from './start-services.ts';
import { jobHandlers } from './worker.ts';

/** `npm start`: pages and background work in one process; `--web` or `--worker` for one of them. */
const roles = readRoles(process.argv.slice(2));

await runProgram(
  async (defer) => {
    const config = readConfig(process.env);
    const { services, queue, carrier, close } = await startServices(config, { worker: roles.worker });
    defer(close);
    if (roles.worker) await queue.work(jobHandlers(services, carrier));
    if (!roles.web) return;
    const app = await buildApp(services);
    defer(() => app.close());
    await listen(app, config);
    console.log(`Kantoku: ${config.publicUrl}`);
  },
  { keepRunning: true },
);

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

async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'EADDRINUSE') {
      throw new SetupError(
        {
          ja: `ポート ${port} は別のプログラムが使用中です。そのプログラムを終了するか、PORT=3001 npm start のように別のポートを指定してください。`,
          en: `Port ${port} is in use by another program. Stop that program, or choose another port: PORT=3001 npm start`,
        },
        error,
      );
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
      throw new SetupError(
        {
          ja: `${host}:${port} で待ち受けできません（${code}）。HOST と PORT を確認してください。`,
          en: `Cannot listen on ${host}:${port} (${code}). Check HOST and PORT.`,
        },
        error,
      );
    }
    throw error;
  }
}
