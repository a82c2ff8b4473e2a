/** What the virus scan and the dates of an evidence file mean. */

export type ScanState = 'quarantined' | 'clean' | 'infected' | 'notScanned';
type Scanned = { readonly scanState: ScanState; readonly scannedAt: Date | null };
/** As people read it: `waiting` for the scanner, which may have `failed`; `notScanned` where none is configured. */
export type ScanCode = 'waiting' | 'failed' | 'clean' | 'infected' | 'notScanned';

export function scanCode({ scanState, scannedAt }: Scanned): ScanCode {
  if (scanState !== 'quarantined') return scanState;
  return scannedAt === null ? 'waiting' : 'failed';
}

/** Nobody opens a file that was not found clean; without a scanner people decide for themselves, being told so. */
export function isReadable({ scanState }: Pick<Scanned, 'scanState'>): boolean {
  return scanState === 'clean' || scanState === 'notScanned';
}

/**
 * Whether a file counts as attached. One in quarantine does: it was handed in, and a scanner that is away must not make a vendor
 * look as if it had given nothing (only a reviewer can verify it, and only once it can be opened). An infected one never does:
 * its bytes are gone.
 */
export function countsAsEvidence({ scanState }: Pick<Scanned, 'scanState'>): boolean {
  return scanState !== 'infected';
}

/** `expiresOn` is the last day on which the document holds; both are YYYY-MM-DD. */
export function hasExpired(expiresOn: string | null | undefined, today: string): boolean {
  return typeof expiresOn === 'string' && expiresOn < today;
}
