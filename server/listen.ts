import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { SetupError } from './setup-error.ts';

/** Throws SetupError with what to do when the address cannot be had. */
export async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
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
