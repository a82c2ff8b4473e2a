/** What an answer is worth before its evidence is looked at. Everything a question can say about a score is prepared once. */
import { CertificatesAnswer, ListAnswer, NumberAnswer, TextAnswer } from '../questionnaire/answer-classes.ts';
import type { AnswerView } from '../questionnaire/answer-view.ts';
import { monthsElapsed } from '../questionnaire/calendar-date.ts';
import type { Band, Localized, Question } from '../questionnaire/questionnaire.ts';
import {
  bandReason,
  countReason,
  factReason,
  noBandReason,
  optionReason,
  pointsReason,
  type Score,
} from './rating-reasons.ts';

export type Rating = { readonly score: Score; readonly fails: boolean; readonly reason: Localized };

/** Rates known answers of one question. `asOf` counts the months from a date. */
export type Rate = (view: AnswerView, asOf: string) => Rating;

/** Binary noise must not cap a full sum of thirds below 1. */
const NOISE = 1e-9;

export function ratingFor(question: Question): Rate {
  switch (question.type) {
    case 'single':
      return choiceRate(question);
    case 'multi':
      return listRate(question);
    case 'number':
      return numberRate(question);
    case 'date':
      return dateRate(question);
    default:
      return factRate();
  }
}

function choiceRate(question: Question): Rate {
  const ratings = new Map<string, Rating>();
  for (const option of question.options ?? []) {
    const score = option.score ?? null;
    ratings.set(option.value, { score, fails: option.fails === true, reason: optionReason(option.label, score) });
  }
  const unlisted = fact();
  return (view) => (view instanceof TextAnswer ? ratings.get(view.value) : undefined) ?? unlisted;
}

function listRate(question: Question): Rate {
  const { multi } = question;
  const none = noneRating(question, multi?.mode === 'fraction' && (multi.failBelow ?? 0) > 0);
  if (multi === undefined) return factRate(none);
  const prepared = new Map<number, Rating>();
  return (view) => {
    if (view.none) return none;
    const selected = view instanceof ListAnswer ? view.values : [];
    const sum = multi.mode === 'fraction' ? selected.length : points(question, selected);
    let rating = prepared.get(sum);
    if (rating === undefined) {
      rating =
        multi.mode === 'fraction' ? fractionRating(sum, multi.of, multi.failBelow) : pointsRating(sum, multi.cap);
      prepared.set(sum, rating);
    }
    return rating;
  };
}

function fractionRating(count: number, of: number, failBelow: number | undefined): Rating {
  const score = Math.min(1, count / of);
  return { score, fails: failBelow !== undefined && score < failBelow, reason: countReason(count, of, score) };
}

function points(question: Question, selected: readonly string[]): number {
  let sum = 0;
  for (const option of question.options ?? []) if (selected.includes(option.value)) sum += option.score ?? 0;
  return sum;
}

function pointsRating(sum: number, cap: number): Rating {
  const score = sum + NOISE >= cap ? cap : sum;
  return { score, fails: false, reason: pointsReason(score) };
}

function numberRate(question: Question): Rate {
  const bands = question.bands ?? [];
  const none = noneRating(question, false);
  if (bands.length === 0) return factRate(none);
  const prepared = bands.map((band) => ({ band, rating: bandRating(band, question.unit) }));
  const outside = noBand();
  return (view) => {
    if (view.none) return none;
    const value = view instanceof NumberAnswer ? view.value : Number.NaN;
    return prepared.find(({ band }) => isIn(band, value))?.rating ?? outside;
  };
}

function dateRate(question: Question): Rate {
  const bands = question.monthBands ?? [];
  const none = noneRating(question, false);
  if (bands.length === 0) return factRate(none);
  const prepared = bands.map((band) => ({ band, rating: bandRating(band, { ja: 'か月', en: 'months' }, true) }));
  const outside = noBand();
  return (view, asOf) => {
    if (view.none) return none;
    const months = view instanceof TextAnswer ? monthsElapsed(view.value, asOf) : Number.NaN;
    return prepared.find(({ band }) => isIn(band, months))?.rating ?? outside;
  };
}

/** A fact has no score; a none-option still says what it says. */
function factRate(none?: Rating): Rate {
  const rating = fact();
  return (view) => (view.none && none !== undefined && !(view instanceof CertificatesAnswer) ? none : rating);
}

function isIn(band: Band, value: number): boolean {
  if (band.gte !== undefined) return value >= band.gte;
  if (band.gt !== undefined) return value > band.gt;
  if (band.lte !== undefined) return value <= band.lte;
  return band.lt !== undefined && value < band.lt;
}

function noneRating(question: Question, failsAnyway: boolean): Rating {
  const { none } = question;
  if (none === undefined) return fact();
  const score = none.score ?? null;
  return { score, fails: none.fails === true || failsAnyway, reason: optionReason(none.label, score) };
}

function bandRating(band: Band, unit: Localized | undefined, elapsed = false): Rating {
  return { score: band.score, fails: band.fails === true, reason: bandReason(band, unit, elapsed) };
}

function noBand(): Rating {
  return { score: 0, fails: true, reason: noBandReason() };
}

function fact(): Rating {
  return { score: null, fails: false, reason: factReason() };
}
