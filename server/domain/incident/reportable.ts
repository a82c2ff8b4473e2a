import type { Localized } from '../questionnaire/questionnaire.ts';

/** A situation that has to be reported, including one that may have happened (Enforcement Rules of the APPI, Art. 7). */
export type ReportableSituation = {
  readonly article: Localized;
  readonly situation: Localized;
  readonly threshold: Localized;
  readonly finalDays: Localized;
};

const ONE_PERSON: Localized = { ja: '1人から', en: 'From one person' };
const THIRTY: Localized = { ja: '30日以内', en: 'Within 30 days' };
const SIXTY: Localized = { ja: '60日以内', en: 'Within 60 days' };

export const REPORTABLE: readonly ReportableSituation[] = [
  {
    article: { ja: '規則7条1号', en: 'Rule 7(i)' },
    situation: { ja: '要配慮個人情報が含まれる', en: 'Special-care-required personal information is included' },
    threshold: ONE_PERSON,
    finalDays: THIRTY,
  },
  {
    article: { ja: '規則7条2号', en: 'Rule 7(ii)' },
    situation: {
      ja: '不正に利用されることで財産的被害が生じるおそれがある',
      en: 'Misuse may cause damage to property',
    },
    threshold: ONE_PERSON,
    finalDays: THIRTY,
  },
  {
    article: { ja: '規則7条3号', en: 'Rule 7(iii)' },
    situation: {
      ja: '不正の目的をもって行われたおそれがある（不正アクセス、ランサムウェア等。委託先や利用中のサービスへの攻撃を含む）',
      en: 'An improper purpose is suspected (unauthorised access, ransomware and the like, also against a vendor or a service in use)',
    },
    threshold: ONE_PERSON,
    finalDays: SIXTY,
  },
  {
    article: { ja: '規則7条4号', en: 'Rule 7(iv)' },
    situation: { ja: '本人の数が多い', en: 'Many data subjects are affected' },
    threshold: { ja: '1,000人を超える', en: 'More than 1,000 people' },
    finalDays: THIRTY,
  },
];

/** In addition, when Individual Numbers are stored (My Number Act, Art. 29-4). */
export const REPORTABLE_MY_NUMBER: ReportableSituation = {
  article: { ja: '番号法29条の4', en: 'My Number Act Art. 29-4' },
  situation: {
    ja: '特定個人情報の漏えい等（不正の目的によるもの、不特定多数に閲覧され得る状態となったもの等は人数を問わない）',
    en: 'Breach of specific personal information (any number where the purpose is improper or anyone could view it)',
  },
  threshold: { ja: '100人を超える', en: 'More than 100 people' },
  finalDays: { ja: '30日以内（不正の目的は60日以内）', en: 'Within 30 days (60 if the purpose is improper)' },
};
