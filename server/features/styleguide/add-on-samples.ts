import { formatDate, type Locale } from '../../adapters/template-helpers.ts';
import type { Question } from '../../domain/questionnaire/questionnaire.ts';
import { wordsOf } from '../answers/page-words.ts';

const refusal = {
  by: { ja: '明日以降の日付を入力してください。', en: 'Enter a day after today.' },
  condition: { ja: '条件を入力してください。', en: 'Say under which condition it holds.' },
};

/** Condition and plan: closed below one question, open and filled in below another, refused below a third. */
export function sampleAddOns({ id, options = [], type, unit }: Question, locale: Locale) {
  if (!['SINGLE', 'MULTI', 'NUMBER'].includes(id)) return { conditional: null, plan: null };
  const [isOpen, isWrong] = [id !== 'MULTI', id === 'NUMBER'];
  return {
    conditional: {
      ...{ id: `${id}-conditional`, open: isOpen, isSingle: type === 'single', valueError: null },
      typed: isWrong ? typed(id, unit, locale) : null,
      choices: options.map(({ value, label }, at) =>
        choice(id, value, wordsOf(label, locale), type === 'single', isOpen && at === 0),
      ),
      condition: field(
        `${id}-condition`,
        isWrong ? '' : isOpen ? '共有アカウントを廃止したあと' : '',
        isWrong ? refusal.condition : null,
      ),
    },
    plan: {
      ...{ id: `${id}-plan`, open: isOpen, offered: true, hidden: false, idle: false },
      by: field(`${id}-planBy`, isWrong ? '2026-01-31' : isOpen ? '2027-03-31' : '', isWrong ? refusal.by : null),
      measure: field(`${id}-planMeasure`, isOpen ? '残る管理者にも多要素認証を求める。' : '', null),
      understood: isOpen && !isWrong ? formatDate('2027-03-31', locale) : null,
    },
  };
}

function field(id: string, value: string, error: { ja: string; en: string } | null) {
  return { id, name: id, value, error };
}

function typed(id: string, unit: Question['unit'], locale: Locale) {
  const name = `${id}-conditionalTyped`;
  return { id: name, name, value: '12', unit: unit ? wordsOf(unit, locale) : null, inputmode: 'numeric' };
}

function choice(id: string, value: string, label: ReturnType<typeof wordsOf>, isRadio: boolean, checked: boolean) {
  const rest = { input: isRadio ? 'radio' : 'checkbox', isRadio, value, label, checked, alone: false, special: false };
  return { id: `${id}-conditional-${value}`, name: `${id}.conditionalChoice`, ...rest };
}
