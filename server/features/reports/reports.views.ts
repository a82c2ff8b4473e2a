import { formatBytes } from '../../adapters/template-helpers.ts';
import { toneOf } from '../../adapters/tones.ts';
import type { IssuedReport, readIssuedReports } from './reports.usecases.ts';

type Row = Awaited<ReturnType<typeof readIssuedReports>>[number];

export function listView(rows: readonly Row[]) {
  return {
    reports: rows.map((row) => ({
      href: `/reports/${row.id}`,
      number: row.number,
      version: row.version,
      vendor: row.vendor,
      service: row.service,
      asOf: row.asOf,
      issuedAt: row.issuedAt,
      score: row.score.toFixed(1),
      grade: row.grade,
    })),
  };
}

const versionWord = { ja: (n: number) => `第${n}版`, en: (n: number) => `version ${n}` };
const languages = { ja: { ja: '日本語版', en: 'Japanese edition' }, en: { ja: '英語版', en: 'English edition' } };

export function reportView({ report, document, files }: IssuedReport, others: readonly Row[], locale: 'ja' | 'en') {
  const { summary, cover } = document;
  return {
    id: report.id,
    number: report.number,
    version: report.version,
    assessmentHref: `/assessments/${report.assessmentId}`,
    issuedAt: report.issuedAt,
    documentHash: report.documentHash,
    asOf: cover.asOf,
    caption:
      `${cover.vendor?.[locale] ?? ''}　${cover.service?.[locale] ?? ''} ${versionWord[locale](report.version)}`.trim(),
    score: summary.score.toFixed(1),
    grade: summary.grade,
    judgement: { label: summary.judgement.label, tone: toneOf('judgement', summary.judgement.code) },
    reason: summary.reason,
    findings: document.findings.map(({ id, title, status }) => ({ id, title, status })),
    legal: document.legal?.text ?? null,
    files: files.map((file) => ({
      language: languages[file.locale],
      href: `/reports/${report.id}/${file.locale}.pdf`,
      ready: file.state === 'ready',
      failed: file.state === 'failed',
      failure: file.failure,
      size: file.size === null ? '' : formatBytes(file.size),
      sha256: file.sha256,
    })),
    making: files.some(({ state }) => state === 'queued'),
    anyFailed: files.some(({ state }) => state === 'failed'),
    versions: others
      .filter(({ number, id }) => number === report.number && id !== report.id)
      .map(({ id, version, issuedAt }) => ({ href: `/reports/${id}`, version, issuedAt })),
  };
}
