/** Issued reports as the JSON API gives them; the document itself is a route of its own. Pure. */
import { type Static, Type } from 'typebox';
import { closed, Day, Instant, orNull } from '../../plugins/api-shapes.ts';
import type { listReports } from './report-list.store.ts';
import type { IssuedReport, readIssuedReports } from './reports.usecases.ts';

const head = { id: Type.String(), assessmentId: Type.String(), number: Type.String(), version: Type.Integer() };
const listed = Type.Object(
  {
    ...head,
    issuedAt: Instant,
    issuedBy: Type.String(),
    asOf: orNull(Day),
    vendor: Type.String(),
    service: Type.String(),
    score: Type.Number(),
    grade: Type.String(),
    judgement: Type.String(),
  },
  closed,
);
export const reportsReply = Type.Object({ reports: Type.Array(listed), total: Type.Integer() }, closed);

const file = Type.Object(
  {
    language: Type.Enum(['ja', 'en']),
    state: Type.Enum(['queued', 'ready', 'failed']),
    size: orNull(Type.Integer({ description: 'Bytes' })),
    sha256: orNull(Type.String()),
    renderedAt: orNull(Instant),
  },
  closed,
);
export const reportReply = Type.Object(
  {
    ...head,
    issuedAt: Instant,
    documentHash: Type.String({ description: 'SHA-256 of the frozen document, printed on the report' }),
    intact: Type.Boolean({ description: 'The stored document still has that hash' }),
    files: Type.Array(file),
  },
  closed,
);

type Listed = Awaited<ReturnType<typeof listReports>>[number];

export function reportsOf({
  reports,
  total,
}: Awaited<ReturnType<typeof readIssuedReports>>): Static<typeof reportsReply> {
  return { reports: reports.map(listedOf), total };
}

function listedOf({ id, assessmentId, number, version, issuedAt, issuedBy, asOf, ...about }: Listed) {
  const { vendor, service, score, grade, judgement } = about;
  const issue = { id, assessmentId, number, version, issuedAt: issuedAt.toISOString(), issuedBy, asOf };
  return { ...issue, vendor, service, score, grade, judgement };
}

export function reportOf({ report, files, intact }: IssuedReport): Static<typeof reportReply> {
  const { id, assessmentId, number, version, issuedAt, documentHash } = report;
  return {
    ...{ id, assessmentId, number, version, issuedAt: issuedAt.toISOString(), documentHash, intact },
    files: files.map(({ locale, state, size, sha256, renderedAt }) => {
      return { language: locale, state, size, sha256, renderedAt: renderedAt?.toISOString() ?? null };
    }),
  };
}
