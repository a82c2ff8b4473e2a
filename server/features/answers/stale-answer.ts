import { addOnLines } from '../../domain/questionnaire/add-on-text.ts';
import type { Answer } from '../../domain/questionnaire/answer.ts';
import { answerText } from '../../domain/questionnaire/answer-text.ts';
import type { CompiledQuestion, CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import type { AppError } from '../../errors.ts';
import { staleRevision } from './answer-errors.ts';
import type { SaveOutcome } from './save-answer.store.ts';

/** 409 with both answers in people's words, their conditions and plans among them. */
export function staleAnswer(
  { questionnaire: { certificateKinds } }: CompiledQuestionnaire,
  { question }: CompiledQuestion,
  yours: Answer,
  { current }: SaveOutcome,
): AppError {
  const words = (answer: Answer) => ({
    text: answerText(question, answer.value, certificateKinds),
    addOns: addOnLines(question, answer),
  });
  return staleRevision({ ...yours, ...words(yours) }, current && { ...current, ...words(current) });
}
