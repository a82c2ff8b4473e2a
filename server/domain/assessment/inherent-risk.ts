/** How much harm a service could do before anything is known of its controls (dossier §4.10), and how often to look again. */
import type { Localized } from '../questionnaire/questionnaire.ts';
import { type DataRisk, dataItemWords, dataRisk } from './data-items.ts';

export type RiskTier = 'high' | 'medium' | 'low';
export type Criticality = 'high' | 'medium' | 'low';
export type InherentRisk = {
  readonly tier: RiskTier;
  /** Every reason for the tier, each with the source of its threshold. */
  readonly reasons: readonly Localized[];
  /** When to assess again. */
  readonly cadence: Localized;
};
export type EntrustedData = {
  readonly dataItems: readonly string[];
  /** 本人の数; null when not known. */
  readonly dataSubjects: number | null;
  readonly criticality: Criticality;
};

/** 個人情報保護法ガイドライン（通則編）10 ※2: over 5,000 individuals the reliefs for small businesses end. */
const LARGE = 5_000;
/** 個人情報保護法施行規則 第7条第4号: a leak of more than 1,000 individuals is reportable. */
const REPORTABLE = 1_000;

/** "More than" in both thresholds: 5,000 and 1,000 themselves do not reach the tier. An unknown number counts as over 1,000. */
export function inherentRisk(service: EntrustedData): InherentRisk {
  const high = highReasons(service);
  if (high.length > 0) return { tier: 'high', reasons: high, cadence: cadences.high };
  const { dataSubjects } = service;
  if (dataSubjects === null) return { tier: 'medium', reasons: [unknownNumber], cadence: cadences.medium };
  if (dataSubjects > REPORTABLE) return { tier: 'medium', reasons: [overReportable], cadence: cadences.medium };
  return { tier: 'low', reasons: [noneApplies], cadence: cadences.low };
}

function highReasons({ dataItems, dataSubjects, criticality }: EntrustedData): Localized[] {
  const reasons: Localized[] = [];
  for (const [risk, why] of Object.entries(itemReasons) as [DataRisk, Localized][]) {
    const items = dataItems.filter((item) => dataRisk(item) === risk).map(dataItemWords);
    if (items.length > 0) reasons.push(withItems(why, items));
  }
  if (dataSubjects !== null && dataSubjects > LARGE) reasons.push(overLarge);
  if (criticality === 'high') reasons.push(critical);
  return reasons;
}

function withItems(why: Localized, items: readonly Localized[]): Localized {
  return {
    ja: `${why.ja}：${items.map(({ ja }) => ja).join('、')}`,
    en: `${why.en}: ${items.map(({ en }) => en).join('; ')}`,
  };
}

const itemReasons: Record<DataRisk, Localized> = {
  myNumber: {
    ja: '個人番号を取り扱います（番号法 第11条・第12条の監督と安全管理）',
    en: 'Individual Numbers are handled (My Number Act, Articles 11 and 12)',
  },
  specialCare: {
    ja: '要配慮個人情報を取り扱います（個人情報保護法 第2条第3項、施行規則 第7条第1号）',
    en: 'Special-care-required data are handled (APPI Article 2(3), Enforcement Rules Rule 7(i))',
  },
  abroad: {
    ja: '外国での取扱いがあります（個人情報保護法 第28条、ガイドライン（通則編）10-7）',
    en: 'Data are handled abroad (APPI Article 28, General Guidelines 10-7)',
  },
};
const overLarge: Localized = {
  ja: '本人の数が5,000人を超えます（ガイドライン（通則編）10 ※2）',
  en: 'There are more than 5,000 data subjects (General Guidelines 10, note 2)',
};
const critical: Localized = {
  ja: '停止が許されるのは1日未満です（本システムの基準）',
  en: 'Less than one day of outage can be tolerated (criterion of this product)',
};
const overReportable: Localized = {
  ja: '本人の数が1,000人を超えます（施行規則 第7条第4号の報告対象）',
  en: 'There are more than 1,000 data subjects (reportable under Enforcement Rules Rule 7(iv))',
};
const unknownNumber: Localized = {
  ja: '本人の数が分からないため、1,000人を超えるものとして扱います（施行規則 第7条第4号）',
  en: 'The number of data subjects is not known, so it is taken to exceed 1,000 (Enforcement Rules Rule 7(iv))',
};
const noneApplies: Localized = {
  ja: '個人番号、要配慮個人情報、外国での取扱いがなく、本人は1,000人以下で、1日以上の停止が許されます',
  en: 'No Individual Numbers, special-care data or handling abroad; at most 1,000 data subjects; an outage of a day or more can be tolerated',
};

const cadences: Record<RiskTier, Localized> = {
  high: {
    ja: '6〜12か月ごと。事故、規約の変更、再委託先の追加、認証の失効があったときは、その都度',
    en: 'every 6–12 months, and after any incident, change of terms, new sub-entrustee or lapsed certificate',
  },
  medium: { ja: '12か月ごと', en: 'every 12 months' },
  low: { ja: '24か月ごと', en: 'every 24 months' },
};
