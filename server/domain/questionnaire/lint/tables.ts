/** Decision tables that decide every case, in words that exist for every outcome, and weights that make a whole. */
import type { Finding, FindingRule, FindingStatus, Localized, Questionnaire } from '../questionnaire.ts';
import { type LintMessage, lintError, type Path } from './lint-message.ts';

const WHOLE = 100;
const NOISE = 1e-9;

export function lintTables(questionnaire: Questionnaire): readonly LintMessage[] {
  const { scoring, legal, customerDuties, findings = [] } = questionnaire;
  return [
    ...lintWeights(questionnaire),
    ...findings.flatMap((finding, index) => [
      ...lintLastRow(finding.rules, ['findings', index, 'rules']),
      ...lintConclusions(reachableOf(questionnaire, finding), finding.conclusions, ['findings', index, 'conclusions']),
    ]),
    ...(legal === undefined ? [] : lintLastRow(legal.rules, ['legal', 'rules'])),
    ...lintLastRow(scoring.judgements, ['scoring', 'judgements']),
    ...(customerDuties === undefined
      ? []
      : [
          ...lintLastRow(customerDuties.rules, ['customerDuties', 'rules']),
          ...lintConclusions(statusesOf(customerDuties.rules), customerDuties.conclusions, [
            'customerDuties',
            'conclusions',
          ]),
        ]),
    ...lintSteps(scoring.grades, ['scoring', 'grades']),
    ...lintSteps(scoring.issues.failingByWeight, ['scoring', 'issues', 'failingByWeight']),
  ];
}

function lintWeights({ sections }: Questionnaire): readonly LintMessage[] {
  const sum = sections.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - WHOLE) < NOISE) return [];
  return [
    lintError(
      'section-weights',
      ['sections'],
      `セクションの配点の合計が${sum}です。${WHOLE}にしてください。`,
      `The section weights add up to ${sum}. Make them ${WHOLE}.`,
    ),
  ];
}

/** The last row holds always, and no row before it does. */
function lintLastRow(rows: readonly { readonly when?: string }[], path: Path): readonly LintMessage[] {
  const always = rows.findIndex(({ when }) => when === undefined);
  if (always < 0) {
    return [
      lintError(
        'no-last-row',
        path,
        'どの条件にも当たらない場合の行がありません。最後に when のない行を加えてください。',
        'No row covers what is left. Add a last row without a condition.',
      ),
    ];
  }
  if (always === rows.length - 1) return [];
  return [
    lintError(
      'unreachable-row',
      [...path, always + 1],
      'when のない行より後の行には決して届きません。順序を直してください。',
      'Rows after one without a condition are never reached. Correct the order.',
    ),
  ];
}

function statusesOf(rules: readonly FindingRule[]): ReadonlySet<FindingStatus> {
  return new Set(rules.map(({ status }) => status));
}

/** Rejected evidence on a question of the row turns what passed into unverified. */
function reachableOf({ sections }: Questionnaire, finding: Finding): ReadonlySet<FindingStatus> {
  const statuses = statusesOf(finding.rules);
  const row = sections.flatMap(({ questions }) => questions).filter(({ id }) => finding.row.includes(id));
  const rejectable = row.some(({ evidence }) => evidence.level !== 'none');
  const passes = statuses.has('pass') || statuses.has('managed');
  return passes && rejectable ? new Set([...statuses, 'unverified']) : statuses;
}

function lintConclusions(
  reachable: ReadonlySet<FindingStatus>,
  conclusions: Readonly<Partial<Record<FindingStatus, Localized>>>,
  path: Path,
): readonly LintMessage[] {
  return [...reachable]
    .filter((status) => conclusions[status] === undefined)
    .map((status) =>
      lintError(
        'no-conclusion',
        path,
        `判定「${status}」になったときの文章がありません。書き加えてください。`,
        `There is no sentence for the status "${status}". Write one.`,
      ),
    );
}

/** Steps fall, and the last one takes everything. */
function lintSteps(steps: readonly { readonly min: number }[], path: Path): readonly LintMessage[] {
  const found = steps.flatMap((step, index) => {
    const before = steps[index - 1];
    if (before === undefined || step.min < before.min) return [];
    return [
      lintError(
        'step-order',
        [...path, index, 'min'],
        '大きい値から順に並べてください。',
        'List these from the highest to the lowest.',
      ),
    ];
  });
  if (steps.at(-1)?.min === 0) return found;
  return [
    ...found,
    lintError('no-last-step', path, '最後は min: 0 としてください。', 'The last one has to have min: 0.'),
  ];
}
