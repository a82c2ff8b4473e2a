/** Everything about a questionnaire that its JSON Schema cannot say. A file that passes can be compiled, asked and scored. */
import type { Questionnaire } from '../questionnaire.ts';
import { lintCitations } from './citations.ts';
import { lintContradictions } from './contradictions.ts';
import { lintExpressions } from './expressions.ts';
import { lintIds } from './ids.ts';
import type { LintMessage } from './lint-message.ts';
import { lintLiterals } from './literals.ts';
import { lintQuestions } from './questions.ts';
import { lintReachability } from './reachability.ts';
import { lintTables } from './tables.ts';
import { lintTexts } from './texts.ts';

/**
 * Messages for a questionnaire that fits the schema. Expressions are looked at only when ids are sound, literals and
 * reachability only when every expression can be used: otherwise they would repeat the same mistake.
 */
export function lint(questionnaire: Questionnaire): readonly LintMessage[] {
  const ids = lintIds(questionnaire);
  return [
    ...ids,
    ...lintTexts(questionnaire),
    ...lintQuestions(questionnaire),
    ...(isSound(ids) ? lintRules(questionnaire) : []),
    ...lintTables(questionnaire),
    ...lintCitations(questionnaire),
  ];
}

function lintRules(questionnaire: Questionnaire): readonly LintMessage[] {
  const expressions = lintExpressions(questionnaire);
  if (!isSound(expressions)) return expressions;
  return [
    ...expressions,
    ...lintLiterals(questionnaire),
    ...lintReachability(questionnaire),
    ...lintContradictions(questionnaire),
  ];
}

function isSound(messages: readonly LintMessage[]): boolean {
  return messages.every(({ level }) => level !== 'error');
}
