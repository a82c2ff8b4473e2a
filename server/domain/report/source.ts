import type { Localized, Question, Section } from '../questionnaire/questionnaire.ts';
import type { QuestionResult } from '../scoring/evaluation.ts';
import type { EvidenceFile, ReportInput, Review } from './input.ts';
import { type EvidenceCode, evidenceTerm, type Term } from './terms.ts';

/** `E-001` and so on in order of arrival: what tables refer to. */
export type NumberedFile = EvidenceFile & { readonly number: string };

/** The input with everything looked up by id once. */
export type Source = {
  readonly input: ReportInput;
  readonly questions: ReadonlyMap<string, { readonly question: Question; readonly section: Section }>;
  readonly results: ReadonlyMap<string, QuestionResult>;
  readonly files: readonly NumberedFile[];
  /** Numbers of the files that support a question. */
  filesOf(questionId: string): string[];
  readonly reviews: ReadonlyMap<string, Review>;
  /** The label of a cited authority; the id itself when the questionnaire does not explain it. */
  cite(id: string): Localized;
};

export function sourceOf(input: ReportInput): Source {
  const { questionnaire, evaluation } = input;
  const files = numbered(input.evidenceFiles ?? []);
  const references = new Map((questionnaire.references ?? []).map((one) => [one.id, one.label]));
  return {
    input,
    questions: new Map(
      questionnaire.sections.flatMap((section) =>
        section.questions.map((question) => [question.id, { question, section }] as const),
      ),
    ),
    results: new Map(evaluation.why.questions.map((result) => [result.id, result])),
    files,
    filesOf: (id) =>
      files
        .filter((file) => file.scan !== 'infected' && (file.subject === id || file.subject.startsWith(`${id}#`)))
        .map((file) => file.number),
    reviews: new Map((input.reviews ?? []).map((review) => [review.subject, review])),
    cite: (id) => references.get(id) ?? { ja: id, en: id },
  };
}

function numbered(files: readonly EvidenceFile[]): NumberedFile[] {
  const arrived = [...files].sort((a, b) => (a.uploadedAt < b.uploadedAt ? -1 : a.uploadedAt > b.uploadedAt ? 1 : 0));
  return arrived.map((file, index) => ({ ...file, number: `E-${String(index + 1).padStart(3, '0')}` }));
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
