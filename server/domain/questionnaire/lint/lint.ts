/** Everything about a questionnaire that its JSON Schema cannot say. A file that passes can be compiled, asked and scored. */
import type { Questionnaire } from '../questionnaire.ts';
import { lintCitations } from './citations.ts';
import { lintExpressions } from './expressions.ts';
import { lintIds } from './ids.ts';
import type { LintMessage } from './lint-message.ts';
import { lintLiterals } from './literals.ts';
import { lintQuestions } from './questions.ts';
import { lintReachability } from './reachability.ts';
import { lintTables } from './tables.ts';
import { lintTexts } from './texts.ts';

/**
 * Messages for a questionnaire that fits the schema. Literals and reachability are looked at only when every expression
 * can be used, because their messages would repeat the same mistake.
 */
export function lint(questionnaire: Questionnaire): readonly LintMessage[] {
  const expressions = lintExpressions(questionnaire);
  const usable = expressions.every(({ level }) => level !== 'error');
  return [
    ...lintIds(questionnaire),
    ...lintTexts(questionnaire),
    ...lintQuestions(questionnaire),
    ...expressions,
    ...(usable ? [...lintLiterals(questionnaire), ...lintReachability(questionnaire)] : []),
    ...lintTables(questionnaire),
    ...lintCitations(questionnaire),
  ];
}
