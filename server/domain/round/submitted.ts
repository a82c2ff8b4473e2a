/** What was handed in once, as it is kept: the answers of every question that applied then. */
import type { AnswerPlan, Answers, AnswerValue, ConditionalAnswer } from '../questionnaire/answer.ts';

/** One answer as it was handed in. */
export type SubmittedAnswer = {
  /** null: handed in without an answer, with nothing but files. */
  readonly value: AnswerValue;
  readonly naReason: string;
  readonly comment: string;
  readonly plan: AnswerPlan | null;
  readonly conditional: ConditionalAnswer | null;
  readonly withheld: string;
  /** SHA-256 of the files given for the question or its records, sorted. */
  readonly files: readonly string[];
  /** The same files: id of the row, the subject (question or certificate record) it stood at, and its dates. */
  readonly evidence: readonly SubmittedFile[];
  /** Who gave the answer last; '' where there are only files. */
  readonly updatedBy: string;
  /** ISO 8601. */
  readonly updatedAt: string;
};

/** Dates are YYYY-MM-DD; absent in what was handed in before they were kept. */
export type SubmittedFile = {
  readonly id: string;
  readonly subject: string;
  readonly effectiveOn?: string | null;
  readonly expiresOn?: string | null;
};

/** By question id. Questions that did not apply, and those left without answer and files, are absent. */
export type SubmittedAnswers = Readonly<Record<string, SubmittedAnswer>>;

type AnswerRow = Omit<SubmittedAnswer, 'files' | 'evidence' | 'updatedAt'> & {
  readonly questionId: string;
  readonly updatedAt: Date;
};
type FileRow = SubmittedFile & { readonly sha256: string; readonly uploadedAt: Date };

/** `shown` are the ids of the questions that apply: what does not apply is not handed in. `files` come oldest first. */
export function submittedAnswers(
  shown: Iterable<string>,
  rows: readonly AnswerRow[],
  files: readonly FileRow[],
): SubmittedAnswers {
  const byQuestion = new Map(rows.map((row) => [row.questionId, row]));
  const handedIn: Record<string, SubmittedAnswer> = {};
  for (const id of shown) {
    const row = byQuestion.get(id);
    const own = files.filter(({ subject }) => questionOf(subject) === id);
    if (row || own.length > 0) handedIn[id] = submittedAnswer(row, own);
  }
  return handedIn;
}

/** The question a subject belongs to: `CRT-01` of the record `CRT-01#1`. */
export function questionOf(subject: string): string {
  return subject.split('#')[0] ?? subject;
}

/** For the conditions of the questionnaire: which questions applied. */
export function answersOf(submitted: SubmittedAnswers): Answers {
  return Object.fromEntries(
    Object.entries(submitted).map(([id, { value, naReason }]) => [
      id,
      value === 'na' ? { value, naReason } : { value },
    ]),
  );
}

function submittedAnswer(row: AnswerRow | undefined, files: readonly FileRow[]): SubmittedAnswer {
  const givenAt = row?.updatedAt ?? files.at(-1)?.uploadedAt ?? new Date(0);
  return {
    value: row?.value ?? null,
    naReason: row?.naReason ?? '',
    comment: row?.comment ?? '',
    plan: row?.plan ?? null,
    conditional: row?.conditional ?? null,
    withheld: row?.withheld ?? '',
    files: files.map(({ sha256 }) => sha256).sort(),
    evidence: files.map(({ id, subject, effectiveOn, expiresOn }) => ({
      id,
      subject,
      ...(effectiveOn === undefined ? {} : { effectiveOn }),
      ...(expiresOn === undefined ? {} : { expiresOn }),
    })),
    updatedBy: row?.updatedBy ?? '',
    updatedAt: givenAt.toISOString(),
  };
}
