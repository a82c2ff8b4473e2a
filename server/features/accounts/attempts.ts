import { sha256 } from '../../adapters/keys.ts';
import { AppError } from '../../errors.ts';
import { networkOf } from '../../plugins/network-address.ts';
import type { Services } from '../../services.ts';

const WINDOW_SECONDS = 15 * 60;
const FREE_TRIES = 5;
const LONGEST_WAIT = 64;
const TRIES_PER_ADDRESS = 50;

type Counters = Pick<Services, 'database' | 'clock'>;

/**
 * Counts a try before it is made, in PostgreSQL, so that restarts and other processes do not forget it: five tries in 15
 * minutes for one account from one address, then a pause that doubles from 1 to 64 s; 50 in 15 minutes for one address.
 * Nobody is locked out for good, and nobody can lock out somebody at another address (ASVS 6.3.1).
 * Throws AppError 429 with the seconds to wait. Resolves to the number of tries for account and address, this one included.
 */
export async function countAttempt(services: Counters, kind: string, account: string, ip: string): Promise<number> {
  const now = services.clock.now();
  const { pool } = services.database;
  const address = await pool.query<{ count: number }>(perAddress, [key(kind, ip), now]);
  if (address.rowCount === 0) throw tooMany(WINDOW_SECONDS, 'minutes');
  const both = await pool.query<{ count: number }>(perAccount, [key(kind, ip, account), now]);
  const count = both.rows[0]?.count;
  if (count === undefined) throw tooMany(await secondsLeft(services, key(kind, ip, account), now), 'seconds');
  if (count === 1)
    await pool.query(`delete from attempt_counters where window_start < $1::timestamptz - interval '1 day'`, [now]);
  return count;
}

/** A success ends the count of its account and address. */
export async function forgetAttempts(services: Counters, kind: string, account: string, ip: string): Promise<void> {
  await services.database.pool.query('delete from attempt_counters where key = $1', [key(kind, ip, account)]);
}

const perAddress = `
  insert into attempt_counters (key, window_start, count) values ($1, $2, 1)
  on conflict (key) do update set
    count = case when attempt_counters.window_start <= $2::timestamptz - interval '${WINDOW_SECONDS} s' then 1 else attempt_counters.count + 1 end,
    window_start = case when attempt_counters.window_start <= $2::timestamptz - interval '${WINDOW_SECONDS} s' then $2 else attempt_counters.window_start end
  where attempt_counters.count < ${TRIES_PER_ADDRESS} or attempt_counters.window_start <= $2::timestamptz - interval '${WINDOW_SECONDS} s'
  returning count`;

/** Here `window_start` is the moment of the last try: the pause runs from it. */
const pause = `make_interval(secs => least(${LONGEST_WAIT}, power(2, least(attempt_counters.count, 30) - ${FREE_TRIES})))`;
const perAccount = `
  insert into attempt_counters (key, window_start, count) values ($1, $2, 1)
  on conflict (key) do update set
    count = case when attempt_counters.window_start <= $2::timestamptz - interval '${WINDOW_SECONDS} s' then 1 else attempt_counters.count + 1 end,
    window_start = $2
  where attempt_counters.count < ${FREE_TRIES} or attempt_counters.window_start <= $2::timestamptz - ${pause}
  returning count`;

async function secondsLeft(services: Counters, counter: string, now: Date): Promise<number> {
  const { rows } = await services.database.pool.query<{ left: string }>(
    `select extract(epoch from window_start + ${pause} - $2::timestamptz) as left from attempt_counters where key = $1`,
    [counter, now],
  );
  return Math.max(1, Math.ceil(Number(rows[0]?.left ?? 1)));
}

function key(kind: string, ip: string, account = ''): string {
  return sha256(`${kind}\n${networkOf(ip)}\n${account}`);
}

function tooMany(seconds: number, unit: 'seconds' | 'minutes'): AppError {
  const n = unit === 'minutes' ? Math.ceil(seconds / 60) : seconds;
  return new AppError(
    429,
    'too_many_attempts',
    {
      ja: `試行が続いたため、受け付けを一時的に止めています。${n}${unit === 'minutes' ? '分' : '秒'}ほど待ってからもう一度お試しください。`,
      en: `Too many attempts. Wait about ${n} ${unit} and try again.`,
    },
    { details: { retryAfter: seconds } },
  );
}
