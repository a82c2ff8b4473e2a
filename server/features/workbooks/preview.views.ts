/** The preview of an uploaded workbook as its page shows it. Pure. */
import type { Locale } from '../../adapters/template-helpers.ts';
import { answerText } from '../../domain/questionnaire/answer-text.ts';
import type { CertificateKind, Localized, Question } from '../../domain/questionnaire/questionnaire.ts';
import type { Content } from '../../domain/workbook/content.ts';
import type { CellProblem } from '../../domain/workbook/typed.ts';
import type { Message } from '../../errors.ts';
import type { Preview, PreviewRow } from './preview.usecases.ts';

const groups = ['conflict', 'added', 'changed', 'cleared'] as const;

/** `refused`: why questions just chosen were not taken over. */
export function previewView(preview: Preview, locale: Locale, refused: ReadonlyMap<string, Message> = new Map()) {
  const { row, rows, compiled, absent } = preview;
  const { certificateKinds = [] } = compiled.questionnaire;
  const inFileOrder = [...rows].sort((a, b) => a.asked.index - b.asked.index);
  const changing = inFileOrder.filter(({ difference }) => difference !== 'unchanged');
  const open = changing.filter(({ blocked }) => blocked === null);
  const problems = [...row.content.problems.map((problem) => problemView(problem)), ...blockedViews(changing)];
  return {
    id: row.id,
    reference: preview.reference,
    file: row.name,
    exportedAt: row.content.exportedAt,
    uploadedAt: row.createdAt.toISOString(),
    lead: row.appliedAt === null ? 'workbooks.previewLead' : 'workbooks.previewLeadApplied',
    errors: errorsOf(refused),
    counts: countsOf(rows, open, problems.length),
    groups: groups.flatMap((kind) => {
      const items = open.filter(({ difference }) => difference === kind);
      if (items.length === 0) return [];
      const list = items.map((item) => itemView(item, certificateKinds, refused));
      const words = { heading: `workbooks.group.${kind}`, explanation: `workbooks.group.${kind}.how` };
      return [{ kind, ...words, isConflict: kind === 'conflict', items: list }];
    }),
    canTakeAll: open.some(({ difference }) => difference === 'added' || difference === 'changed'),
    hasChanges: open.length > 0,
    problems,
    problemsText: problems.map((problem) => lineOf(problem, locale)).join('\n'),
    problemRows: Math.min(12, problems.length + 1),
    absent,
    seen: open.map(({ asked, now }) => `${asked.question.id}=${now.revision}`).join(' '),
  };
}

function countsOf(rows: readonly PreviewRow[], open: readonly PreviewRow[], problems: number) {
  const count = (kind: PreviewRow['difference']) => open.filter(({ difference }) => difference === kind).length;
  return {
    added: count('added'),
    changed: count('changed') + count('cleared'),
    conflict: count('conflict'),
    error: problems,
    unchanged: rows.filter(({ difference }) => difference === 'unchanged').length,
  };
}

function itemView(
  { asked: { question }, entry, difference, now, file }: PreviewRow,
  kinds: readonly CertificateKind[],
  refused: ReadonlyMap<string, Message>,
) {
  return {
    id: question.id,
    text: question.text,
    place: placeOf(entry),
    ticked: difference === 'added' || difference === 'changed',
    changes: changesOf(question, now, file, kinds),
    refused: refused.get(question.id) ?? null,
  };
}

function changesOf(question: Question, now: Content, file: Content, kinds: readonly CertificateKind[]) {
  const after = partsOf(question, file, kinds);
  return partsOf(question, now, kinds).flatMap(({ what, text }, index) => {
    const to = after[index]?.text ?? null;
    return text?.ja === to?.ja && text?.en === to?.en ? [] : [{ what, from: text, to }];
  });
}

/** null: nothing is said. */
function partsOf(question: Question, content: Content, kinds: readonly CertificateKind[]) {
  const { value, naReason, comment, plan, conditional } = content;
  const said = (answer: Content['value']) => answerText(question, answer, kinds);
  const held = conditional && said(conditional.value);
  const condition = conditional && {
    ja: `${conditional.condition}：${held?.ja}`,
    en: `${conditional.condition}: ${held?.en}`,
  };
  return [
    { what: words.answer, text: value === null || value === '' ? null : said(value) },
    { what: words.naReason, text: same(value === 'na' ? naReason : '') },
    { what: words.condition, text: condition },
    { what: words.plan, text: same(plan ? `${plan.by} ${plan.measure}` : '') },
    { what: words.comment, text: same(comment) },
  ];
}

function same(text: string): Localized | null {
  return text === '' ? null : { ja: text, en: text };
}

const words = {
  answer: { ja: '回答', en: 'Answer' },
  naReason: { ja: '該当なしの理由', en: 'Why not applicable' },
  condition: { ja: '条件付きの回答', en: 'Answer under a condition' },
  plan: { ja: '対応予定', en: 'Planned' },
  comment: { ja: '補足', en: 'Comment' },
} satisfies Record<string, Localized>;

type ProblemView = { place: string; questionId: string | null; message: Message };

function problemView({ sheet, cell, questionId, message }: CellProblem): ProblemView {
  return { place: placeOf({ sheet, cell }), questionId, message };
}

function blockedViews(rows: readonly PreviewRow[]): ProblemView[] {
  return rows.flatMap(({ asked, entry, blocked }) =>
    blocked ? [{ place: placeOf(entry), questionId: asked.question.id, message: blocked }] : [],
  );
}

/** As spreadsheets write it: sheet!cell. */
function placeOf({ sheet, cell }: { sheet: string; cell: string }): string {
  return [sheet, cell].filter(Boolean).join('!');
}

function lineOf({ place, questionId, message }: ProblemView, locale: Locale): string {
  return [place, questionId, message[locale]].filter(Boolean).join('\t');
}

function errorsOf(refused: ReadonlyMap<string, Message>) {
  return [...refused].map(([id, message]) => ({
    path: `take-${id}`,
    message: { ja: `${id}：${message.ja}`, en: `${id}: ${message.en}` },
  }));
}
