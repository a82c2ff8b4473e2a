import { answerText } from '../questionnaire/answer-text.ts';
import type { Localized } from '../questionnaire/questionnaire.ts';
import type { AnswerState } from '../scoring/evaluation.ts';
import { evidenceOf, type Source } from './source.ts';
import type { EvidenceCode, Term } from './terms.ts';

/** One answer, quoted where a conclusion rests on it. */
export type Quote = {
  readonly id: string;
  readonly question: Localized;
  readonly answer: Localized;
  readonly state: AnswerState;
  readonly evidence: Term<EvidenceCode>;
  /** Numbers of the evidence files. */
  readonly files: readonly string[];
};

/** Questions the questionnaire does not have are left out. */
export function quotes(source: Source, ids: readonly string[]): Quote[] {
  return ids.flatMap((id) => {
    const question = source.questions.get(id)?.question;
    const result = source.results.get(id);
    if (!question || !result) return [];
    return [
      {
        id,
        question: question.text,
        answer: answerOf(source, id),
        state: result.state,
        evidence: evidenceOf(question, result),
        files: source.filesOf(id),
      },
    ];
  });
}

const NOT_ASKED: Localized = {
  ja: '対象外（他の回答により質問されない）',
  en: 'Not asked (ruled out by another answer)',
};
const REFUSED_NA: Localized = { ja: '該当なし（認められない）', en: 'Not applicable (not accepted)' };

export function answerOf({ input, questions, results }: Source, id: string): Localized {
  const question = questions.get(id)?.question;
  const result = results.get(id);
  if (!question || !result || result.state === 'hidden') return NOT_ASKED;
  if (result.state === 'invalidNa') return REFUSED_NA;
  return answerText(question, result.answer?.value, input.questionnaire.certificateKinds);
}
