/** The standing of one certificate record on the evaluation date. */
import { nfkc } from '../assessment/normal-form.ts';
import type { CertificateRecord } from '../questionnaire/answer.ts';
import { daysBetween, monthsAfter, nextDay, previousDay } from '../questionnaire/calendar-date.ts';
import type { CertificateKind, CertificateStatus } from '../questionnaire/questionnaire.ts';

/** Expiry as YYYY-MM-DD, the last day of validity: the one given, else computed from the end of the audit or report period. */
export function expiryOf(kind: CertificateKind, record: CertificateRecord): string | null {
  if (record.expires !== undefined) return record.expires;
  if (kind.monthsFromAuditPeriodEnd !== undefined && record.auditPeriodEnd !== undefined) {
    // ISMAP rules count from the day following the end of the audit period.
    return previousDay(monthsAfter(nextDay(record.auditPeriodEnd), kind.monthsFromAuditPeriodEnd));
  }
  if (kind.monthsFromPeriodEnd !== undefined && record.periodEnd !== undefined) {
    return monthsAfter(record.periodEnd, kind.monthsFromPeriodEnd);
  }
  return null;
}

/** First match. `expires` is its `expiryOf`. Whether a certificate that rests on another one stands is decided later, over all records. */
export function statusOf(
  kind: CertificateKind,
  record: CertificateRecord,
  expires: string | null,
  asOf: string,
  expiringWithinDays: number,
): CertificateStatus {
  if (record.evidence === 'rejected') return 'rejected';
  if (record.status === 'pending' || beginsLater(kind, record, asOf)) return 'pending';
  if (expires === null && kind.noExpiry !== true) return 'unverified';
  if (expires !== null && asOf > expires) return 'expired';
  if (isSuperseded(kind, record, asOf)) return 'superseded';
  if (record.scopeIncludesService === false) return 'scope_mismatch';
  if (record.evidence === undefined || record.evidence === 'none') return 'unverified';
  return expires !== null && daysBetween(asOf, expires) <= expiringWithinDays ? 'expiring' : 'valid';
}

/** Full-width digits are written as often as half-width ones, so both are read. */
export function looksWrong(pattern: RegExp | undefined, { number }: CertificateRecord): boolean {
  if (pattern === undefined || number === undefined || number.trim() === '') return false;
  return !pattern.test(nfkc(number).trim());
}

/** A registration, audit period or report period that lies after the evaluation date. */
function beginsLater(kind: CertificateKind, record: CertificateRecord, asOf: string): boolean {
  const dates = [
    record.registeredOn,
    kind.monthsFromAuditPeriodEnd === undefined ? undefined : record.auditPeriodEnd,
    kind.monthsFromPeriodEnd === undefined ? undefined : record.periodEnd,
  ];
  return dates.some((date) => date !== undefined && date > asOf);
}

/** The year of an edition is the first four-digit number standing alone: 2013 in "27001:2013", 2014 in "JIS Q 27001:2014". */
function isSuperseded(kind: CertificateKind, record: CertificateRecord, asOf: string): boolean {
  const { supersededEditions } = kind;
  if (supersededEditions === undefined || record.edition === undefined || asOf <= supersededEditions.after)
    return false;
  const year = /(?<!\d)\d{4}(?!\d)/.exec(nfkc(record.edition))?.[0];
  return year !== undefined && Number(year) < supersededEditions.before;
}
