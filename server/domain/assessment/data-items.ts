/** Kinds of personal data a customer hands to a service (取り扱う個人データの項目): usual ones to tick, and own words. */

import type { Localized } from '../questionnaire/questionnaire.ts';
import { nfkc } from './normal-form.ts';

/** What makes a kind weigh more in the inherent risk. */
export type DataRisk = 'myNumber' | 'specialCare' | 'abroad';
export type UsualDataItem = { readonly id: string; readonly label: Localized; readonly risk?: DataRisk };

export const usualDataItems: readonly UsualDataItem[] = [
  { id: 'identity', label: { ja: '氏名・住所・生年月日', en: 'Names, addresses, dates of birth' } },
  { id: 'contact', label: { ja: '電話番号・メールアドレス', en: 'Telephone numbers and e-mail addresses' } },
  { id: 'employment', label: { ja: '雇用・給与・社会保険の情報', en: 'Employment, pay and social insurance' } },
  { id: 'family', label: { ja: '家族・扶養の情報', en: 'Family members and dependants' } },
  { id: 'payment', label: { ja: '口座・決済の情報', en: 'Bank accounts and payments' } },
  { id: 'activity', label: { ja: '購買・利用の履歴', en: 'Purchase and usage history' } },
  { id: 'myNumber', label: { ja: '個人番号（マイナンバー）', en: 'Individual Numbers (My Number)' }, risk: 'myNumber' },
  {
    id: 'specialCare',
    label: {
      ja: '要配慮個人情報（病歴、健康診断の結果、障害など）',
      en: 'Special-care-required data (medical history, check-up results, disabilities…)',
    },
    risk: 'specialCare',
  },
  {
    id: 'abroad',
    label: {
      ja: '外国で保存または取り扱われる個人データ',
      en: 'Personal data stored or handled in a foreign country',
    },
    risk: 'abroad',
  },
];

/** Words of an item in both languages; own words stay as they were typed. */
export function dataItemWords(item: string): Localized {
  return usual(item)?.label ?? { ja: item, en: item };
}

/** The usual item stored as `item`, which is its Japanese label. */
export function usual(item: string): UsualDataItem | undefined {
  return usualDataItems.find(({ label }) => label.ja === item || label.en === item);
}

/** What own words give away: they are read so that nobody escapes the tier by typing instead of ticking. */
export function dataRisk(item: string): DataRisk | null {
  const known = usual(item);
  if (known) return known.risk ?? null;
  return ownWords.find(({ words }) => words.test(nfkc(item)))?.risk ?? null;
}

/** 番号法 第2条第5項・第8項; 個人情報保護法 第2条第3項 and 施行令 第2条 (special care). */
const ownWords: readonly { risk: DataRisk; words: RegExp }[] = [
  { risk: 'myNumber', words: /個人番号|マイナンバー|特定個人情報|my\s?number|individual number/i },
  {
    risk: 'specialCare',
    words:
      /要配慮|病歴|診療|調剤|健康診断|健診|ストレスチェック|障害|障がい|人種|信条|社会的身分|犯罪|前科|medical|health|disab|criminal|race|creed|special.?care/i,
  },
  { risk: 'abroad', words: /外国|海外|国外|abroad|overseas|foreign countr/i },
];
