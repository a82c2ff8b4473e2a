/** From answers to the entries of an answer master and back. */
import type { AnswerValue, ConditionalAnswer } from '../questionnaire/answer.ts';
import type { AnswerMaster, MasterAnswer } from './answer-master.ts';
import type { GivenAnswer } from './given-answer.ts';

/** Empty parts are left out: the file is read by people too. */
export function masterAnswer(given: GivenAnswer): MasterAnswer {
  const { question, type, text, references, words, value, naReason, comment, withheld, plan, conditional, on } = given;
  return {
    question,
    type,
    text,
    references: [...references],
    words: [...words],
    value: value as MasterAnswer['value'],
    ...(naReason === '' ? {} : { naReason }),
    ...(comment === '' ? {} : { comment }),
    ...(withheld === '' ? {} : { withheld }),
    ...(plan ? { plan } : {}),
    ...(conditional ? { conditional: conditional as MasterAnswer['conditional'] } : {}),
    on,
  };
}

/** Every answer of the file, with the evidence the file names for it. */
export function answersIn({ answers, evidence }: AnswerMaster): GivenAnswer[] {
  const files = new Map<string, { name: string; sha256: string }[]>();
  for (const { name, sha256, questions } of evidence) {
    for (const question of new Set(questions)) {
      const own = files.get(question);
      if (own) own.push({ name, sha256 });
      else files.set(question, [{ name, sha256 }]);
    }
  }
  return answers.map((answer) => ({
    ...answer,
    value: answer.value as AnswerValue,
    naReason: answer.naReason ?? '',
    comment: answer.comment ?? '',
    withheld: answer.withheld ?? '',
    plan: answer.plan ?? null,
    conditional: (answer.conditional as ConditionalAnswer | undefined) ?? null,
    files: (files.get(answer.question) ?? []).slice(0, MOST_FILES),
  }));
}

/** As many as a question takes; more would only be a long line. */
const MOST_FILES = 20;
