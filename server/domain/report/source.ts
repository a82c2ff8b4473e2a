import type { Localized, Question, Section } from '../questionnaire/questionnaire.ts';
import type { QuestionResult } from '../scoring/evaluation.ts';
import type { EvidenceFile, ReportInput, Review } from './input.ts';
import { type EvidenceCode, evidenceTerm, type Term } from './terms.ts';

/** The input with everything looked up by id once. */
export type Source = {
  readonly input: ReportInput;
  readonly questions: ReadonlyMap<string, { readonly question: Question; readonly section: Section }>;
  readonly results: ReadonlyMap<string, QuestionResult>;
  readonly files: ReadonlyMap<string, readonly EvidenceFile[]>;
  readonly reviews: ReadonlyMap<string, Review>;
  /** The label of a cited authority; the id itself when the questionnaire does not explain it. */
  cite(id: string): Localized;
};

export function sourceOf(input: ReportInput): Source {
  const { questionnaire, evaluation } = input;
  const references = new Map((questionnaire.references ?? []).map((one) => [one.id, one.label]));
  return {
    input,
    questions: new Map(
      questionnaire.sections.flatMap((section) =>
        section.questions.map((question) => [question.id, { question, section }] as const),
      ),
    ),
    results: new Map(evaluation.why.questions.map((result) => [result.id, result])),
    files: Map.groupBy(input.evidenceFiles ?? [], (file) => file.subject),
    reviews: new Map((input.reviews ?? []).map((review) => [review.subject, review])),
    cite: (id) => references.get(id) ?? { ja: id, en: id },
  };
}

/** What stands behind an answer: verified evidence, evidence nobody looked at, or the vendor's word alone. */
export function evidenceOf(question: Question, result: QuestionResult | undefined): Term<EvidenceCode> {
  return evidenceTerm(evidenceCode(question, result));
}

function evidenceCode(question: Question, result: QuestionResult | undefined): EvidenceCode {
  if (result?.state !== 'answered') return 'noAnswer';
  if (result.flag === 'rejected') return 'rejected';
  const state = result.answer?.evidence ?? 'none';
  if (state !== 'none') return state;
  return question.evidence.level === 'required' ? 'missing' : 'none';
}
