import { sha256 } from '../../adapters/keys.ts';
import { canonicalJson } from '../../adapters/report-hash.ts';
import { AppError, notFound } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent, systemActor } from '../audit/audit.store.ts';
import { markFailed, type ReportFileRow } from './report-files.store.ts';
import type { ReportRow } from './reports.store.ts';
import { editionName, readIssuedReport } from './reports.usecases.ts';

export type Download = { bytes: Uint8Array; name: string };

/**
 * The PDF of one language, checked against the SHA-256 stored when it was made; the download is recorded.
 * AppError 404; 409 `report_not_ready`, `report_failed`, or `report_damaged` when the stored file is not the one that was made.
 */
export async function downloadReport(
  services: Services,
  principal: MemberPrincipal,
  id: string,
  locale: string,
): Promise<Download> {
  const { report, files } = await readIssuedReport(services, principal, id);
  const file = files.find((one) => one.locale === locale);
  if (!file) throw notFound();
  if (!file.storageKey || file.state !== 'ready') throw notReady(file.state === 'failed');
  const bytes = await services.evidence.read(file.storageKey).catch(() => null);
  if (!bytes || sha256(bytes) !== file.sha256) {
    await reportDamage(services, report, file);
    throw damagedFile();
  }
  await recordDownload(services, principal, report, locale);
  return { bytes, name: `${report.number}-v${report.version}.${locale}.pdf` };
}

/** The frozen document in the very form its hash is taken of: the SHA-256 of the file is the hash printed on the report. */
export async function downloadDocument(services: Services, principal: MemberPrincipal, id: string): Promise<Download> {
  const { report, document, intact } = await readIssuedReport(services, principal, id);
  if (!intact) throw damagedDocument();
  await recordDownload(services, principal, report, 'json');
  return { bytes: Buffer.from(canonicalJson(document)), name: `${report.number}-v${report.version}.json` };
}

async function recordDownload(
  services: Services,
  principal: MemberPrincipal,
  report: ReportRow,
  edition: string,
): Promise<void> {
  const { organisationId, assessmentId } = report;
  const event = { organisationId, assessmentId, at: services.clock.now(), actor: actorOf(principal) };
  await services.database.inOrganisation(organisationId, (db) =>
    recordEvent(db, { ...event, action: 'report.downloaded', subject: editionName(report, edition) }),
  );
}

/** The edition can then be made again from the frozen document. */
async function reportDamage(services: Services, report: ReportRow, file: ReportFileRow): Promise<void> {
  const { organisationId, assessmentId } = report;
  services.log.error({ report: report.id, locale: file.locale }, 'a stored report does not match its SHA-256');
  await services.database.inOrganisation(organisationId, async (db) => {
    if (!(await markFailed(db, file, 'ready', 'the stored PDF did not match its SHA-256'))) return;
    const event = { organisationId, assessmentId, at: services.clock.now(), actor: systemActor };
    await recordEvent(db, { ...event, action: 'report.damaged', subject: editionName(report, file.locale) });
  });
}

function notReady(failed: boolean): AppError {
  const message = failed
    ? {
        ja: 'PDFを作成できませんでした。報告書の画面で「作成し直す」を押してください。',
        en: 'The PDF could not be made. Press “Make it again” on the report page.',
      }
    : {
        ja: 'PDFを作成しています。数秒待ってからもう一度お試しください。',
        en: 'The PDF is being made. Try again in a few seconds.',
      };
  return new AppError(409, failed ? 'report_failed' : 'report_not_ready', message);
}

function damagedFile(): AppError {
  return new AppError(409, 'report_damaged', {
    ja: '保存されているPDFが、作成時のものと一致しないため、お渡しできません。報告書の画面で「作成し直す」を押すと、発行時の内容から作り直します。',
    en: 'The stored PDF is not the one that was made, so it is not handed out. Press “Make it again” on the report page to print it anew from the issued document.',
  });
}

function damagedDocument(): AppError {
  return new AppError(409, 'document_damaged', {
    ja: '保存されている報告書の内容が、発行時のハッシュと一致しません。この版は使用せず、システム管理者に連絡したうえで、新しい版を発行してください。',
    en: 'The stored report does not match the hash it was issued with. Do not use this version; tell your administrator and issue a new one.',
  });
}
