/** The sentences behind a score: which option, band or count gave it. */
import type { Band, Localized } from '../questionnaire/questionnaire.ts';
import { roundToTenth } from './rounding.ts';

/** 0–1, or null for a fact. */
export type Score = number | null;

export function optionReason(label: Localized, score: Score): Localized {
  if (score === null)
    return { ja: `「${label.ja}」と回答（採点しない事実）`, en: `Answered "${label.en}" (a fact without a score)` };
  return { ja: `「${label.ja}」と回答（${worth(score).ja}）`, en: `Answered "${label.en}" (${worth(score).en})` };
}

export function countReason(count: number, of: number, score: number): Localized {
  return {
    ja: `${of}項目中${count}項目を選択（${worth(score).ja}）`,
    en: `${count} of ${of} items selected (${worth(score).en})`,
  };
}

export function pointsReason(score: number): Localized {
  return {
    ja: `選択した項目の点を合計（${worth(score).ja}）`,
    en: `Points of the selected items added up (${worth(score).en})`,
  };
}

/** `elapsed`: the band is about the months from the date answered to the evaluation date. */
export function bandReason(band: Band, unit: Localized | undefined, elapsed: boolean): Localized {
  const range = rangeOf(band, unit);
  if (elapsed) {
    return {
      ja: `評価基準日までの経過が${range.ja}（${worth(band.score).ja}）`,
      en: `${range.en} elapsed by the evaluation date (${worth(band.score).en})`,
    };
  }
  return {
    ja: `回答が${range.ja}の区分に該当（${worth(band.score).ja}）`,
    en: `The answer is ${range.en} (${worth(band.score).en})`,
  };
}

export function noBandReason(): Localized {
  return { ja: `どの区分にも該当しない（${worth(0).ja}）`, en: `The answer is in none of the bands (${worth(0).en})` };
}

export function factReason(): Localized {
  return { ja: '採点しない事実', en: 'A fact without a score' };
}

function worth(score: number): Localized {
  const percentage = roundToTenth(score * 100);
  return { ja: `得点率${percentage}％`, en: `worth ${percentage}%` };
}

function rangeOf(band: Band, unit: Localized | undefined): Localized {
  const ja = unit?.ja ?? '';
  const en = unit === undefined ? '' : ` ${unit.en}`;
  if (band.gte !== undefined) return { ja: `${band.gte}${ja}以上`, en: `${band.gte}${en} or more` };
  if (band.gt !== undefined) return { ja: `${band.gt}${ja}超`, en: `more than ${band.gt}${en}` };
  if (band.lte !== undefined) return { ja: `${band.lte}${ja}以下`, en: `${band.lte}${en} or less` };
  return { ja: `${band.lt ?? 0}${ja}未満`, en: `less than ${band.lt ?? 0}${en}` };
}
