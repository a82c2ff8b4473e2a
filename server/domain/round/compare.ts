/** What differs between two rounds, question by question. */
import type { SubmittedAnswer, SubmittedAnswers } from './submitted.ts';

export const answerParts = ['value', 'naReason', 'plan', 'conditional', 'comment', 'withheld'] as const;
export type AnswerPart = (typeof answerParts)[number];

/** `before` or `after` is null where the question did not apply then, or was left without answer and files. */
export type AnswerChange = {
  readonly questionId: string;
  readonly before: SubmittedAnswer | null;
  readonly after: SubmittedAnswer | null;
  /** What of the answer differs, in the order in which it is shown. */
  readonly parts: readonly AnswerPart[];
  /** SHA-256 of files that came and went; one that only moved between records of the question is in neither. */
  readonly addedFiles: readonly string[];
  readonly removedFiles: readonly string[];
};

/** Changes in the order of `questionIds`; questions answered alike in both rounds are left out. */
export function compareRounds(
  questionIds: readonly string[],
  before: SubmittedAnswers,
  after: SubmittedAnswers,
): readonly AnswerChange[] {
  return questionIds.flatMap((questionId) => {
    const change = changeOf(questionId, before[questionId] ?? null, after[questionId] ?? null);
    return change.parts.length + change.addedFiles.length + change.removedFiles.length > 0 ? [change] : [];
  });
}

function changeOf(questionId: string, before: SubmittedAnswer | null, after: SubmittedAnswer | null): AnswerChange {
  const [old, now] = [before ?? nothing, after ?? nothing];
  return {
    questionId,
    before,
    after,
    parts: answerParts.filter((part) => canonical(old[part]) !== canonical(now[part])),
    addedFiles: without(now.files, old.files),
    removedFiles: without(old.files, now.files),
  };
}

const nothing: Pick<SubmittedAnswer, AnswerPart | 'files'> = {
  ...{ value: null, naReason: '', plan: null, conditional: null, comment: '', withheld: '' },
  files: [],
};

/** The same text for the same content: members in any order, chosen options in any order. */
export function canonical(content: unknown): string {
  if (Array.isArray(content)) {
    const items = content.map(canonical);
    const isChoice = content.every((item) => typeof item === 'string');
    return `[${(isChoice ? items.sort() : items).join(',')}]`;
  }
  if (typeof content !== 'object' || content === null) return JSON.stringify(content) ?? 'null';
  const members = Object.entries(content).filter(([, value]) => value !== undefined);
  return `{${members
    .map(([name, value]) => `${JSON.stringify(name)}:${canonical(value)}`)
    .sort()
    .join(',')}}`;
}

/** The same file may have been given twice: each takes away one. */
function without(files: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return files.filter((file) => {
    const at = left.indexOf(file);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
