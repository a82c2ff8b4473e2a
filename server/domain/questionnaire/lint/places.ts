/** Every question and every expression of a questionnaire with its place in the file. */
import { contradictionRules } from '../contradictions.ts';
import { parses } from '../expression.ts';
import type { Contradiction, Expression, Question, Questionnaire } from '../questionnaire.ts';
import type { Place } from '../rule-language.ts';
import type { Path } from './lint-message.ts';

export type PlacedQuestion = { readonly question: Question; readonly path: Path; readonly sectionId: string };
export type PlacedExpression = {
  readonly expression: Expression;
  readonly path: Path;
  readonly place: Place;
  readonly gives: 'bool' | 'string';
};

export function placedQuestions(questionnaire: Questionnaire): readonly PlacedQuestion[] {
  return questionnaire.sections.flatMap((section, s) =>
    section.questions.map((question, q) => ({
      question,
      sectionId: section.id,
      path: ['sections', s, 'questions', q],
    })),
  );
}

export function placedExpressions(questionnaire: Questionnaire): readonly PlacedExpression[] {
  const { conditions = {}, findings = [], observations = [], scoring, customerDuties } = questionnaire;
  return [
    ...Object.entries(conditions).flatMap(([name, condition]) => placed('rule', ['conditions', name], condition)),
    ...placedQuestions(questionnaire).flatMap(({ question, path }) =>
      placed('visibility', [...path, 'showWhen'], question.showWhen),
    ),
    ...findings.flatMap(({ rules }, f) => rows('rule', ['findings', f, 'rules'], rules)),
    ...rows('rule', ['observations'], observations),
    ...rows('cap', ['scoring', 'caps'], scoring.caps),
    ...rows('judgement', ['scoring', 'judgements'], scoring.judgements),
    ...rows('duty', ['customerDuties', 'rules'], customerDuties?.rules ?? []),
    ...legalExpressions(questionnaire),
    ...(questionnaire.contradictions ?? []).flatMap(contradictionExpressions),
  ];
}

function legalExpressions({ legal }: Questionnaire): readonly PlacedExpression[] {
  if (legal === undefined) return [];
  const groups = Object.entries(legal.factorGroups);
  return [
    ...groups.flatMap(([group, factors]) => rows('legal', ['legal', 'factorGroups', group], factors)),
    ...rows('legalRule', ['legal', 'rules'], legal.rules),
    ...legal.rules.flatMap(({ confidence, claimMismatch }, r) => [
      ...placed('legalRule', ['legal', 'rules', r, 'confidence'], confidence, 'string'),
      ...placed('legalRule', ['legal', 'rules', r, 'claimMismatch'], claimMismatch),
    ]),
    ...rows('legal', ['legal', 'overlays'], legal.overlays),
    ...rows('legalIssue', ['legal', 'issues'], legal.issues),
  ];
}

/** A rule that cannot be read is one expression; one that can, as many as there are questions to ask it for. */
function contradictionExpressions(contradiction: Contradiction, index: number): readonly PlacedExpression[] {
  const path = ['contradictions', index, 'when'];
  if (!parses(contradiction.when)) return placed('contradiction', path, contradiction.when);
  return contradictionRules(contradiction).flatMap(({ when }) => placed('contradiction', path, when));
}

function rows(place: Place, path: Path, list: readonly { readonly when?: Expression }[]): readonly PlacedExpression[] {
  return list.flatMap(({ when }, index) => placed(place, [...path, index, 'when'], when));
}

function placed(
  place: Place,
  path: Path,
  expression: Expression | undefined,
  gives: 'bool' | 'string' = 'bool',
): readonly PlacedExpression[] {
  return expression === undefined ? [] : [{ expression, path, place, gives }];
}
