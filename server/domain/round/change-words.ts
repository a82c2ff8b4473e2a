/** Changes between rounds in people's words: option labels instead of values, file names instead of hashes. */
import { addOnLines } from '../questionnaire/add-on-text.ts';
import { answerLines } from '../questionnaire/answer-text.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import type { Localized, Question } from '../questionnaire/questionnaire.ts';
import type { AnswerChange, AnswerPart } from './compare.ts';
import type { SubmittedAnswer } from './submitted.ts';

/** One part that differs; null where there was or is nothing. */
export type PartWords = { what: Localized; from: readonly Localized[] | null; to: readonly Localized[] | null };
export type ChangeWords = {
  id: string;
  sectionId: string;
  text: Localized;
  parts: readonly PartWords[];
  /** Names of files. */
  added: readonly string[];
  removed: readonly string[];
  /** It applied before and does not any more. */
  isGone: boolean;
};

/** `shown` are the questions that apply now; `files` any files that may be among the hashes. */
export function changeWords(
  compiled: CompiledQuestionnaire,
  changes: readonly AnswerChange[],
  { shown, files }: { shown: ReadonlySet<string>; files: readonly { sha256: string; name: string }[] },
): ChangeWords[] {
  const { certificateKinds = [] } = compiled.questionnaire;
  const names = new Map(files.map(({ sha256, name }) => [sha256, name]));
  const named = (hash: string) => names.get(hash) ?? hash.slice(0, 12);
  return changes.flatMap((change) => {
    const asked = compiled.byId.get(change.questionId);
    if (!asked) return [];
    const { question, sectionId } = asked;
    const told = (answer: SubmittedAnswer | null, part: AnswerPart) =>
      answer ? partLines(question, answer, part, certificateKinds) : null;
    return [
      {
        id: question.id,
        sectionId,
        text: question.text,
        parts: change.parts.map((part) => ({
          what: labels[part],
          from: told(change.before, part),
          to: told(change.after, part),
        })),
        added: change.addedFiles.map(named),
        removed: change.removedFiles.map(named),
        isGone: change.before !== null && !shown.has(question.id),
      },
    ];
  });
}

function partLines(
  question: Question,
  answer: SubmittedAnswer,
  part: AnswerPart,
  kinds: Parameters<typeof answerLines>[2],
): readonly Localized[] | null {
  if (part === 'value') return answer.value === null ? null : answerLines(question, answer.value, kinds);
  if (part === 'plan' || part === 'conditional') {
    const { plan, conditional } = answer;
    const lines = addOnLines(question, part === 'plan' ? { plan } : { conditional });
    return lines.length > 0 ? lines : null;
  }
  return answer[part] === '' ? null : [{ ja: answer[part], en: answer[part] }];
}

const labels: Readonly<Record<AnswerPart, Localized>> = {
  value: { ja: '回答', en: 'Answer' },
  naReason: { ja: '「該当なし」の理由', en: 'Reason for "not applicable"' },
  plan: { ja: '対応予定', en: 'Plan' },
  conditional: { ja: '条件付きの回答', en: 'Conditional answer' },
  comment: { ja: '補足', en: 'Comment' },
  withheld: { ja: '証跡を提示できない理由', en: 'Why proof cannot be shared' },
};
