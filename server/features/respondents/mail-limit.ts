/** How often one link may cause a mail: 3 in 15 minutes, 10 in a day. Keeps scanners and strangers from flooding a mailbox. */

const QUARTER = { ms: 15 * 60_000, max: 3 };
const DAY = { ms: 24 * 60 * 60_000, max: 10 };

/** Mails before this moment no longer count. */
export function mailWindow(now: Date): Date {
  return new Date(now.getTime() - DAY.ms);
}

/** `sent`: every mail since `mailWindow(now)`. */
export function mailAllowed(sent: readonly { createdAt: Date }[], now: Date): boolean {
  const lately = sent.filter(({ createdAt }) => now.getTime() - createdAt.getTime() < QUARTER.ms);
  return lately.length < QUARTER.max && sent.length < DAY.max;
}
