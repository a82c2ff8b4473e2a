/** What an uploaded workbook would change, as the JSON API gives it. Pure. */
import { type Static, Type } from 'typebox';
import { closed, Instant, orNull, Words, wordsOf } from '../../plugins/api-shapes.ts';
import type { Applied } from './apply.usecases.ts';
import type { Preview } from './preview.usecases.ts';
import { previewView } from './preview.views.ts';

const row = Type.Object(
  {
    questionId: Type.String(),
    text: Words,
    place: Type.String({ description: 'sheet!cell' }),
    kind: Type.Enum(['added', 'changed', 'cleared', 'conflict']),
    revision: Type.Integer({ description: 'Of the answer as it is now; give it back as `seen`' }),
    changes: Type.Array(Type.Object({ what: Words, from: orNull(Words), to: orNull(Words) }, closed)),
  },
  closed,
);
const problem = Type.Object({ place: Type.String(), questionId: orNull(Type.String()), message: Words }, closed);
export const previewReply = Type.Object(
  {
    id: Type.String(),
    file: Type.String(),
    exportedAt: Type.String(),
    uploadedAt: Instant,
    rows: Type.Array(row),
    problems: Type.Array(problem, { description: 'Cells that cannot be read, and answers that cannot be taken over' }),
    unchanged: Type.Integer(),
    absent: Type.Integer({ description: 'Questions of your part that are not in the file; they stay as they are' }),
  },
  closed,
);
export const appliedReply = Type.Object(
  {
    taken: Type.Array(Type.String()),
    refused: Type.Array(Type.Object({ questionId: Type.String(), message: Words }, closed)),
  },
  closed,
);

export function previewOf(preview: Preview): Static<typeof previewReply> {
  const { id, file, exportedAt, uploadedAt, groups, problems, counts, absent } = previewView(preview, 'en');
  const revisions = new Map(preview.rows.map(({ asked, now }) => [asked.question.id, now.revision]));
  const rows = groups.flatMap(({ kind, items }) =>
    items.map((item) => ({
      ...{ questionId: item.id, text: wordsOf(item.text), place: item.place, kind },
      revision: revisions.get(item.id) ?? 0,
      changes: item.changes.map(({ what, from, to }) => ({
        what,
        from: from && wordsOf(from),
        to: to && wordsOf(to),
      })),
    })),
  );
  const told = problems.map(({ place, questionId, message }) => ({ place, questionId, message: wordsOf(message) }));
  return { id, file, exportedAt, uploadedAt, rows, problems: told, unchanged: counts.unchanged, absent };
}

export function appliedOf({ taken, refused }: Applied): Static<typeof appliedReply> {
  return {
    taken: [...taken],
    refused: [...refused].map(([questionId, message]) => ({ questionId, message: wordsOf(message) })),
  };
}
