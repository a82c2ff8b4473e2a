import { foldedLines } from '../domain/questionnaire/folded-lines.ts';
import { radarChart, scoreScale, shareBar } from '../domain/report/charts.ts';
import type { Report } from '../domain/report/report.ts';
import type { Words } from './report-helpers.ts';

/** Light to dark from the best grade to the worst would hide the marker; greys alternate, the letter tells the grade. */
const SCALE_FILLS = ['#c9cdd4', '#dfe2e7', '#c9cdd4', '#eceef1', '#ffffff'];
/** In the order of the report: verified, attached, self-declared, missing, rejected, open. */
const SHARE_FILLS = ['#1b365d', '#5c7397', '#a9b5c8', '#d9d9d9', '#262626', '#ffffff'];
/** Noto's Latin letters are narrower and read better in running English. */
const FAMILIES = { ja: 'BIZ UDPGothic, Noto Sans JP', en: 'Noto Sans JP, BIZ UDPGothic' };
const SHARE_WIDTH = 480;
const PARTS = 15;

/** What the templates see: the report in one language, and the geometry of its charts. */
export function reportView(report: Report, lang: 'ja' | 'en', words: Words, hash: string) {
  const word = (key: string) => words.get(key) ?? key;
  const shown = inLanguage(report, lang);
  const scale = scoreScale(report.summary);
  const shares = report.scope.assurance.map(({ evidence, percent }) => ({ code: evidence.code, percent }));
  const service = report.cover.service?.[lang] ?? word('notRecorded');
  return {
    lang,
    hash,
    families: FAMILIES[lang],
    report: shown,
    head: [word('number'), report.number, word('version'), report.version, report.draft ? word('draft') : ''].join(
      '\u3000',
    ),
    running: `${word('titleShort')}\u3000${service}`,
    classification: `${word('handling')}\u3000${word('confidential')}`,
    parts: Array.from({ length: PARTS }, (_, index) => ({ number: index + 1, title: word(`p${index + 1}`) })),
    signatories: [shown.approval.preparedBy, shown.approval.reviewedBy, shown.approval.approvedBy],
    radar: radarChart(report.summary.sections),
    scale: {
      ...scale,
      bands: scale.bands.map((band, index) => ({ ...band, fill: SCALE_FILLS[index] ?? '#ffffff' })),
      markerText: Math.min(Math.max(scale.marker, 8), scale.width - 8),
    },
    logo: report.cover.logo ?? null,
    rounds: report.rounds ?? [],
    withheld: (shown.withheld ?? []).map((row) => ({ ...row, reason: foldedLines(row.reason) })),
    hasPromises: report.plan.some(({ commitment }) => commitment !== undefined),
    shares: shareBar(shares, SHARE_WIDTH).map((bar, index) => ({ ...bar, fill: SHARE_FILLS[index] ?? '#ffffff' })),
  };
}

/** The same document with every pair of texts replaced by the one of the language. */
type InLanguage<T> = T extends { readonly ja: string; readonly en: string }
  ? string
  : T extends readonly (infer Item)[]
    ? InLanguage<Item>[]
    : T extends object
      ? { [Key in keyof T]: InLanguage<T[Key]> }
      : T;

/** Objects come out without a prototype: a template can reach nothing that is not in the report. */
function inLanguage<T>(value: T, lang: 'ja' | 'en'): InLanguage<T> {
  return picked(value, lang) as InLanguage<T>;
}

function picked(value: unknown, lang: 'ja' | 'en'): unknown {
  if (Array.isArray(value)) return value.map((item) => picked(item, lang));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 2 && 'ja' in value && 'en' in value) return value[lang];
  return Object.assign(Object.create(null), Object.fromEntries(entries.map(([key, one]) => [key, picked(one, lang)])));
}
