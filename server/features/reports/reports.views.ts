import { formatBytes } from '../../adapters/template-helpers.ts';
import { toneOf } from '../../adapters/tones.ts';
import { roleMay } from '../../domain/assessment/permissions.ts';
import { pageLinks } from '../../plugins/page-links.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import { type IssuedReport, REPORTS_A_PAGE, type readIssuedReports } from './reports.usecases.ts';

type Listed = Awaited<ReturnType<typeof readIssuedReports>>;

export function listView({ reports, total, vendors }: Listed, { vendorId, page }: { vendorId?: string; page: number }) {
  const query: Record<string, string> = vendorId === undefined ? {} : { vendor: vendorId };
  const all = { value: '', text: { ja: 'すべての委託先', en: 'All vendors' }, checked: vendorId === undefined };
  const choices = vendors.map(({ id, name }) => ({
    value: id,
    text: { ja: name, en: name },
    checked: id === vendorId,
  }));
  return {
    reports: reports.map((row) => ({
      href: `/reports/${row.id}`,
      number: row.number,
      version: row.version,
      vendor: row.vendor,
      service: row.service,
      asOf: row.asOf,
      issuedAt: row.issuedAt,
      issuedBy: row.issuedBy,
      score: row.score.toFixed(1),
      grade: row.grade,
      judgement: row.judgement,
    })),
    total,
    filtered: vendorId !== undefined,
    severalVendors: vendors.length > 1,
    vendor: { id: 'vendor', name: 'vendor', value: vendorId ?? '', error: null, options: [all, ...choices] },
    ...pageLinks('/reports', query, page, total, REPORTS_A_PAGE),
  };
}

const languages = { ja: { ja: '日本語版', en: 'Japanese edition' }, en: { ja: '英語版', en: 'English edition' } };

/** `others`: the versions of the same report, newest first. */
export function reportView(issued: IssuedReport, others: Listed['reports'], member: MemberPrincipal) {
  const { report, document, files, intact } = issued;
  const { summary, cover } = document;
  const mayIssue = roleMay(member.role, 'reports.issue');
  const newest = others[0]?.version ?? report.version;
  return {
    ...headOf(issued),
    asOf: cover.asOf,
    vendor: cover.vendor ?? { ja: '', en: '' },
    service: cover.service ?? { ja: '', en: '' },
    score: summary.score.toFixed(1),
    grade: summary.grade,
    judgement: { label: summary.judgement.label, tone: toneOf('judgement', summary.judgement.code) },
    reason: summary.reason,
    issues: summary.issueCounts.map(({ severity, count }) => ({ severity: severity.code, count })),
    findings: document.findings.map(({ id, title, status, conclusion }) => ({
      ...{ id, title, conclusion, label: status.label, mark: status.mark },
    })),
    legal: document.legal ? { label: document.legal.conclusion.label, text: document.legal.text } : null,
    files: files.map((file) => fileView(report, file)),
    intact,
    making: files.some(({ state }) => state === 'queued'),
    mayRetry: mayIssue && files.some(({ state }) => state === 'failed'),
    newer: report.version < newest ? { href: `/reports/${others[0]?.id}`, version: newest } : null,
    versions: others.map(({ id, version, issuedAt, issuedBy }) => ({
      ...{ href: `/reports/${id}`, version, issuedAt, issuedBy, current: id === report.id },
    })),
    issueNext: mayIssue && report.version === newest ? { seen: String(newest), version: newest + 1 } : null,
  };
}

function headOf({ report }: IssuedReport) {
  const { id, number, version, assessmentId, issuedAt, documentHash } = report;
  const jsonName = `${number}-v${version}.json`;
  return { id, number, version, assessmentHref: `/assessments/${assessmentId}`, issuedAt, documentHash, jsonName };
}

function fileView({ id }: IssuedReport['report'], file: IssuedReport['files'][number]) {
  return {
    language: languages[file.locale],
    href: `/reports/${id}/${file.locale}.pdf`,
    ready: file.state === 'ready',
    failed: file.state === 'failed',
    failure: file.failure ?? '',
    size: file.size === null ? '' : formatBytes(file.size),
    sha256: file.sha256 ?? '',
    renderedAt: file.renderedAt,
  };
}
