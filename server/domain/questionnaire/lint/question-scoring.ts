/** A scored question can be scored whatever is answered. */
import type { Band, Question } from '../questionnaire.ts';
import { type LintMessage, lintError, lintWarning, type Path } from './lint-message.ts';

export function lintScoring(question: Question, path: Path): readonly LintMessage[] {
  return question.weight > 0
    ? [...scoredProblems(question, path), ...bandProblems(question, path)]
    : bandProblems(question, path);
}

function scoredProblems(question: Question, path: Path): readonly LintMessage[] {
  const found: LintMessage[] = [];
  if (question.type === 'text' || question.type === 'certificates') {
    found.push(
      lintError(
        'unscorable',
        [...path, 'weight'],
        `種類が ${question.type} の設問は採点できません。weight を 0 にしてください。`,
        `A question of type ${question.type} cannot be scored. Set its weight to 0.`,
      ),
    );
  }
  if (question.legalFact === true) {
    found.push(
      lintWarning(
        'scored-fact',
        [...path, 'legalFact'],
        'legalFact は weight が 0 の設問のためのものです。',
        'legalFact is meant for questions of weight 0.',
      ),
    );
  }
  if (question.type === 'multi' && question.multi === undefined) {
    found.push(
      lintError(
        'no-score',
        path,
        '採点方法がありません。multi を加えるか weight を 0 にしてください。',
        'There is no way to score this. Add multi, or set the weight to 0.',
      ),
    );
  }
  const bands = question.type === 'number' ? question.bands : question.type === 'date' ? question.monthBands : [];
  if (bands === undefined || ((question.type === 'number' || question.type === 'date') && bands.length === 0)) {
    found.push(
      lintError(
        'no-score',
        path,
        '採点の区分がありません。区分を加えるか weight を 0 にしてください。',
        'There are no bands. Add some, or set the weight to 0.',
      ),
    );
  }
  return [...found, ...unscoredOptions(question, path)];
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
            'An earlier band covers this one, so it is never reached. Mend the order or the values.',
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
