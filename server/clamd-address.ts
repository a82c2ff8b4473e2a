import { resolve } from 'node:path';
import { ConfigError } from './config-error.ts';

/** Where clamd listens: a UNIX socket, or host and port. */
export type ClamdAddress = { path: string } | { host: string; port: number };

/** Of CLAMD_SOCKET or CLAMD_HOST; undefined when neither is set. Throws ConfigError. */
export function readClamd(socket: string | undefined, address: string | undefined): ClamdAddress | undefined {
  if (socket && address)
    throw new ConfigError('CLAMD_SOCKET, CLAMD_HOST: どちらか一方だけを指定してください。/ name only one of the two.');
  if (socket) return { path: resolve(socket) };
  if (!address) return undefined;
  const [, host, port] = /^([\w.-]+|\[[\da-fA-F:]+\]):(\d{1,5})$/.exec(address) ?? [];
  if (host && Number(port) > 0 && Number(port) <= 65535)
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  throw new ConfigError(
    `CLAMD_HOST="${address}": clamav.example.jp:3310 の形で指定してください。/ must be host:port, like clamav.example.jp:3310.`,
  );
}
