/** Contradictions name the questions they are about, touch findings that exist, and can come about. */
import { writtenConditions } from '../checked-rule.ts';
import { type ContradictionRule, contradictionRules } from '../contradictions.ts';
import { namesIn, treeOf, visit, writtenOut } from '../expression.ts';
import type { Contradiction, Question, Questionnaire } from '../questionnaire.ts';
import { environmentFor, variableOf } from '../rule-language.ts';
import { canComeAbout } from './can-come-about.ts';
import { type LintMessage, lintError, type Path } from './lint-message.ts';
import { placedQuestions } from './places.ts';

/** For a questionnaire whose expressions can all be used. */
export function lintContradictions(questionnaire: Questionnaire): readonly LintMessage[] {
  const { contradictions = [], findings = [] } = questionnaire;
  if (contradictions.length === 0) return [];
  const questions = placedQuestions(questionnaire).map(({ question }) => question);
  const byVariable = new Map(questions.map((question) => [variableOf(question.id), question]));
  const known = new Set(findings.map(({ id }) => id));
  const conditions = writtenConditions(questionnaire);
  const environment = environmentFor(questionnaire, 'contradiction');
  const never = (rule: ContradictionRule) => !canComeAbout(writtenOut(rule.when, conditions), byVariable, environment);
  return contradictions.flatMap((one, index) => [
    ...wrongPlace(one, ['contradictions', index]),
    ...unknownFinding(one, ['contradictions', index, 'finding'], known),
    ...unlisted(one, ['contradictions', index, 'questions'], byVariable),
    ...contradictionRules(one).flatMap((rule, place) => {
      const path = ['contradictions', index, ...(one.each ? ['each', place] : ['when'])];
      return never(rule) ? [neverHolds(one, path)] : [];
    }),
  ]);
}

function wrongPlace({ questions, each }: Contradiction, path: Path): readonly LintMessage[] {
  if ((questions === undefined) !== (each === undefined)) return [];
  return [
    lintError(
      'contradiction-place',
      path,
      '表示する設問を questions（1件の矛盾に関わる設問）か each（同じ条件を設問ごとに調べる）のどちらか一方で指定してください。',
      'Name the questions either under questions (those one contradiction is about) or under each (those the rule is asked for one by one).',
    ),
  ];
}

function unknownFinding({ finding }: Contradiction, path: Path, known: ReadonlySet<string>): readonly LintMessage[] {
  if (finding === undefined || known.has(finding)) return [];
  return [
    lintError(
      'unknown-finding',
      path,
      `指摘事項「${finding}」は findings に定義されていません。`,
      `The finding "${finding}" is not defined under findings.`,
    ),
  ];
}

/** Whoever reads of a contradiction has to find every answer it comes from. */
function unlisted(
  { when, questions, each }: Contradiction,
  path: Path,
  byVariable: ReadonlyMap<string, Question>,
): readonly LintMessage[] {
  if (each !== undefined) return [];
  const listed = new Set(questions);
  return questionsRead(when, byVariable)
    .filter(({ id }) => !listed.has(id))
    .map(({ id }) =>
      lintError(
        'unlisted-question',
        path,
        `条件が読む設問「${id}」が questions にありません。読み手がたどれるように加えてください。`,
        `The condition reads ${id}, which is not listed under questions. Add it, so that readers can find it.`,
      ),
    );
}

/** Questions read as they are answered now, or as they were answered before. */
function questionsRead(when: string, byVariable: ReadonlyMap<string, Question>): readonly Question[] {
  const names = new Set(namesIn(when));
  visit(treeOf(when), (node) => {
    if (node.op === '.' && node.args[0].op === 'id' && node.args[0].args === 'previous') names.add(node.args[1]);
  });
  return [...names].flatMap((name) => byVariable.get(name) ?? []);
}

function neverHolds({ id }: Contradiction, path: Path): LintMessage {
  return lintError(
    'never-holds',
    path,
    `「${id}」の条件は、どう回答しても成り立ちません。条件を直すか、この項目を削除してください。`,
    `No answers make "${id}" hold. Correct its condition or remove it.`,
  );
}
