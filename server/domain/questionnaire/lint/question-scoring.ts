/** A scored question can be scored whatever is answered. */
import type { Band, Question } from '../questionnaire.ts';
import { type LintMessage, lintError, lintWarning, type Path } from './lint-message.ts';

export function lintScoring(question: Question, path: Path): readonly LintMessage[] {
  return question.weight > 0
    ? [...scoredProblems(question, path), ...bandProblems(question, path)]
    : bandProblems(question, path);
}

function scoredProblems(question: Question, path: Path): readonly LintMessage[] {
  return [...misplacedWeight(question, path), ...withoutScoring(question, path), ...unscoredOptions(question, path)];
}

function misplacedWeight({ type, legalFact }: Question, path: Path): readonly LintMessage[] {
  if (type === 'text' || type === 'certificates') {
    return [
      lintError(
        'unscorable',
        [...path, 'weight'],
        `種類が ${type} の設問は採点できません。weight を 0 にしてください。`,
        `A question of type ${type} cannot be scored. Set its weight to 0.`,
      ),
    ];
  }
  if (legalFact !== true) return [];
  return [
    lintWarning(
      'scored-fact',
      [...path, 'legalFact'],
      'legalFact は weight が 0 の設問のためのものです。',
      'legalFact is meant for questions of weight 0.',
    ),
  ];
}

function withoutScoring({ type, multi, bands = [], monthBands = [] }: Question, path: Path): readonly LintMessage[] {
  const lacks =
    (type === 'multi' && multi === undefined) ||
    (type === 'number' && bands.length === 0) ||
    (type === 'date' && monthBands.length === 0);
  if (!lacks) return [];
  return [
    lintError(
      'no-score',
      path,
      '採点方法（multi、bands、monthBands）がありません。加えるか weight を 0 にしてください。',
      'There is no way to score this (multi, bands, monthBands). Add one, or set the weight to 0.',
    ),
  ];
}

function unscoredOptions(question: Question, path: Path): readonly LintMessage[] {
  const needed = question.type === 'single' || question.multi?.mode === 'points';
  const places: Path[] = (question.options ?? []).flatMap((option, index) =>
    needed && option.score === undefined ? [[...path, 'options', index]] : [],
  );
  if (question.none !== undefined && question.none.score === undefined) places.push([...path, 'none']);
  return places.map((place) =>
    lintError(
      'option-without-score',
      place,
      '採点する設問の選択肢に得点（score）がありません。0〜1で指定してください。',
      'This option of a scored question has no score. Give one from 0 to 1.',
    ),
  );
}

/** A band that an earlier one swallows whole is never reached. */
function bandProblems(question: Question, path: Path): readonly LintMessage[] {
  const key = question.type === 'date' ? 'monthBands' : 'bands';
  const bands = question[key] ?? [];
  return bands.flatMap((band, index) =>
    bands.slice(0, index).some((earlier) => swallows(earlier, band))
      ? [
          lintError(
            'unreachable-band',
            [...path, key, index],
            'この区分は前の区分に含まれ、該当することがありません。順序か値を直してください。',
            'An earlier band covers this one, so it is never reached. Correct the order or the values.',
          ),
        ]
      : [],
  );
}

function swallows(earlier: Band, later: Band): boolean {
  const a = lowerEdge(earlier);
  const b = lowerEdge(later);
  if (a !== undefined && b !== undefined) return b.at > a.at || (b.at === a.at && (a.inclusive || !b.inclusive));
  const c = upperEdge(earlier);
  const d = upperEdge(later);
  if (c !== undefined && d !== undefined) return d.at < c.at || (d.at === c.at && (c.inclusive || !d.inclusive));
  return false;
}

type Edge = { readonly at: number; readonly inclusive: boolean };

function lowerEdge(band: Band): Edge | undefined {
  if (band.gte !== undefined) return { at: band.gte, inclusive: true };
  return band.gt === undefined ? undefined : { at: band.gt, inclusive: false };
}

function upperEdge(band: Band): Edge | undefined {
  if (band.lte !== undefined) return { at: band.lte, inclusive: true };
  return band.lt === undefined ? undefined : { at: band.lt, inclusive: false };
}
