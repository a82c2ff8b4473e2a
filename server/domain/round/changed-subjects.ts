/** Which of the things a reviewer marks are no longer what was marked. */
import { type AnswerChange, canonical } from './compare.ts';
import type { SubmittedAnswer } from './submitted.ts';

/**
 * Ids of questions and certificate records (`<question>#<n>`) whose answer or files changed. Of a list of certificates only the
 * records that differ: the others keep their mark.
 */
export function changedSubjects(changes: readonly AnswerChange[]): ReadonlySet<string> {
  return new Set(changes.flatMap(subjectsOf));
}

function subjectsOf({ questionId, before, after, parts }: AnswerChange): string[] {
  const [old, now] = [recordsOf(before), recordsOf(after)];
  const places = Array.from({ length: Math.max(old?.length ?? 0, now?.length ?? 0) }, (_, index) => index);
  const records = places.flatMap((index) => {
    const subject = `${questionId}#${index + 1}`;
    const same = canonical(old?.[index]) === canonical(now?.[index]) && !filesDiffer(subject, before, after);
    return same ? [] : [subject];
  });
  const listsOnly = old !== null && now !== null && parts.every((part) => part === 'value');
  const own = (parts.length > 0 && !listsOnly) || filesDiffer(questionId, before, after);
  return [...(own ? [questionId] : []), ...records];
}

/** null when the answer is no list of certificate records. */
function recordsOf(answer: SubmittedAnswer | null): readonly object[] | null {
  const value = answer?.value;
  return Array.isArray(value) && typeof value[0] === 'object' ? (value as readonly object[]) : null;
}

function filesDiffer(subject: string, before: SubmittedAnswer | null, after: SubmittedAnswer | null): boolean {
  return filesAt(before, subject) !== filesAt(after, subject);
}

/** Which files stand at one subject; each upload is a file of its own. */
function filesAt(answer: SubmittedAnswer | null, subject: string): string {
  const files = (answer?.evidence ?? []).filter((one) => one.subject === subject).map(({ id }) => id);
  return files.sort().join(' ');
}
