import { answerLines } from '../questionnaire/answer-text.ts';
import type { Localized, Question, Section } from '../questionnaire/questionnaire.ts';
import type { AnswerState, QuestionResult } from '../scoring/evaluation.ts';
import { type ConditionNote, conditionNote } from './conditions.ts';
import { answerOf } from './quote.ts';
import { evidenceOf, type Source } from './source.ts';
import type { EvidenceCode, Term } from './terms.ts';

/** Part 7: every question with its answer, score, evidence and remark. */
export type SectionPart = {
  readonly id: string;
  readonly title: Localized;
  readonly weight: number;
  readonly score: number | null;
  readonly reason: Localized;
  readonly questions: readonly QuestionRow[];
  /** Questions other answers ruled out. */
  readonly notAsked: readonly string[];
};
export type QuestionRow = {
  readonly id: string;
  readonly text: Localized;
  readonly answer: readonly Localized[];
  readonly state: AnswerState;
  readonly comment: string | null;
  /** Why the question does not apply, in the vendor's words. */
  readonly naReason: string | null;
  readonly fails: boolean;
  /** Points reached and points possible; null for facts, for N/A and where certificates are scored together. */
  readonly points: { readonly reached: number; readonly of: number } | null;
  /** Null where it would only repeat the answer. */
  readonly reason: Localized | null;
  readonly evidence: Term<EvidenceCode>;
  readonly files: readonly string[];
  readonly remark: string | null;
  readonly condition?: ConditionNote;
};

export function buildSections(source: Source): SectionPart[] {
  return source.input.questionnaire.sections.map((section) => sectionPart(source, section));
}

function sectionPart(source: Source, section: Section): SectionPart {
  const { evaluation } = source.input;
  const asked = section.questions.filter((question) => source.results.get(question.id)?.state !== 'hidden');
  return {
    id: section.id,
    title: section.title,
    weight: section.weight,
    score: evaluation.sections.find((one) => one.id === section.id)?.score ?? null,
    reason: evaluation.why.sections.find((one) => one.id === section.id)?.reason ?? { ja: '', en: '' },
    questions: asked.map((question) => questionRow(source, question)),
    notAsked: section.questions.filter((question) => !asked.includes(question)).map((question) => question.id),
  };
}

function questionRow(source: Source, question: Question): QuestionRow {
  const result = source.results.get(question.id)!;
  const answer = result.answer;
  const lines = linesOf(source, question, result);
  return {
    id: question.id,
    text: question.text,
    answer: lines,
    state: result.state,
    comment: answer?.comment || null,
    naReason: answer?.naReason || null,
    fails: result.fails,
    points: pointsOf(result),
    reason: reasonOf(result, lines),
    evidence: evidenceOf(question, result),
    files: source.filesOf(question.id),
    remark: source.reviews.get(question.id)?.remark || null,
    ...conditionNote(source, question, result),
  };
}

function linesOf(source: Source, question: Question, result: QuestionResult): readonly Localized[] {
  if (result.state === 'invalidNa') return [answerOf(source, question.id)];
  return answerLines(question, result.answer?.value, source.input.questionnaire.certificateKinds);
}

/** A fact has no score to explain, and silence explains itself. */
function reasonOf({ weight, state, reason }: QuestionResult, lines: readonly Localized[]): Localized | null {
  if (weight === 0 && state === 'answered') return null;
  return lines[0]?.ja === reason.ja ? null : reason;
}

function pointsOf({ weight, score }: QuestionResult): QuestionRow['points'] {
  if (weight === 0 || score === null) return null;
  return { reached: Math.round(weight * score * 100) / 100, of: weight };
}
