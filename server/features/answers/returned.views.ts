/** The section page after a return: what may be changed with the reason beside it, everything else to read. Pure. */
import type { Locale } from '../../adapters/template-helpers.ts';
import { addOnLines } from '../../domain/questionnaire/add-on-text.ts';
import { answerLines } from '../../domain/questionnaire/answer-text.ts';
import type { Question } from '../../domain/questionnaire/questionnaire.ts';
import { questionOf } from '../../domain/round/submitted.ts';
import type { OpenSection } from './open-section.usecases.ts';
import { wordsOf } from './page-words.ts';

/** Whether the question may be answered now: any, unless the answers were returned. */
export function isAsked({ returned }: Pick<OpenSection, 'returned'>, id: string): boolean {
  return returned === null || returned.open.has(id);
}

/** Beside a question that may be changed: why it came back, or that it has come to apply. */
export function returnedReason({ returned, dueOn }: OpenSection, id: string) {
  if (!returned) return null;
  return { reason: returned.reasons.get(id) ?? null, dueOn, round: returned.round };
}

/** Above the questions; null unless returned. `here` counts the returned questions of this section. */
export function roundHead({ returned, dueOn, section, shown }: OpenSection, showsAll: boolean) {
  if (!returned) return null;
  const here = section.questions.filter(({ id }) => shown.has(id) && returned.open.has(id)).length;
  const path = `/respond/sections/${encodeURIComponent(section.id)}`;
  return {
    ...{ round: returned.round, dueOn, here, showsAll },
    otherHref: showsAll ? path : `${path}?show=all`,
  };
}

/** A question that stays as it was handed in. */
export function lockedView({ rows, files, shown, compiled }: OpenSection, question: Question, locale: Locale) {
  const row = rows.find(({ questionId }) => questionId === question.id);
  const { certificateKinds = [] } = compiled.questionnaire;
  const lines = [...answerLines(question, row?.value, certificateKinds), ...addOnLines(question, row ?? {})];
  return {
    isLocked: true as const,
    id: question.id,
    shown: shown.has(question.id),
    legend: wordsOf(question.text, locale),
    lines: lines.map((line) => wordsOf(line, locale)),
    isAnswered: row !== undefined && row.value !== null,
    naReason: row?.value === 'na' ? row.naReason : '',
    comment: row?.comment ?? '',
    files: files
      .filter(({ subject }) => questionOf(subject) === question.id)
      .map(({ id, name, size }) => ({ name, size, href: `/respond/evidence/${id}` })),
  };
}
