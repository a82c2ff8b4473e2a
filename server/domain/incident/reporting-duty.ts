import type { Localized } from '../questionnaire/questionnaire.ts';

/** Who reports a breach and who tells the people concerned, derived from the legal conclusion. */
export type ReportingDuty = {
  /** To the Personal Information Protection Commission (APPI Art. 26(1)). */
  readonly regulator: Localized;
  /** To the data subjects (APPI Art. 26(2)). */
  readonly subjects: Localized;
  /** What the vendor owes the customer. */
  readonly vendor: Localized;
};

const ENTRUSTED: ReportingDuty = {
  regulator: {
    ja: '委託元と委託先の双方が報告する（連名可）。委託先は、知った事項を委託元に通知したときは報告を要しない（法26条1項ただし書、規則9条）。',
    en: 'Both the customer and the vendor report, jointly if they wish. A vendor that has told the customer what it knows is exempt (APPI Art. 26(1) proviso, Rule 9).',
  },
  subjects: {
    ja: '委託元と委託先の双方が通知する。委託元に通知した委託先は通知を要しない。',
    en: 'Both notify the data subjects; a vendor that has told the customer is exempt.',
  },
  vendor: {
    ja: '契約で定めた時間内（24〜72時間を目安）に委託元へ通知し、調査に協力する。',
    en: 'Tell the customer within the contractual time (24 to 72 hours as a guide) and assist the investigation.',
  },
};

const CHAIN: ReportingDuty = {
  regulator: {
    ja: '最初の委託元、委託元（受託者）、委託先（再委託先）の三者が報告する（連名可）。委託先から委託元へ、委託元から最初の委託元へ順に通知したときは、通知した者は報告を要しない。',
    en: 'The first entrustor, the customer (its entrustee) and the vendor (sub-entrustee) all report, jointly if they wish. Each that has told the one above it is exempt.',
  },
  subjects: {
    ja: '三者が通知する。上位の委託者に通知した者は通知を要しない。',
    en: 'All three notify the data subjects; each that has told the one above it is exempt.',
  },
  vendor: {
    ja: '契約で定めた時間内（24〜72時間を目安）に委託元へ通知し、委託元は直ちに最初の委託元へ通知する。',
    en: 'Tell the customer within the contractual time (24 to 72 hours as a guide); the customer passes it on at once to the first entrustor.',
  },
};

const EXCEPTION: ReportingDuty = {
  regulator: {
    ja: '利用者（委託元）が単独で報告する。クラウド事業者は代行して報告できる（代行報告）。事業者への攻撃でも利用者の報告対象となり得る。',
    en: 'The customer reports alone; the vendor may file as its agent. An attack on the vendor can also oblige the customer to report.',
  },
  subjects: { ja: '利用者（委託元）が通知する。', en: 'The customer notifies the data subjects.' },
  vendor: {
    ja: '速やかな通知を契約で約する。利用者の期間は、利用者が知った日から起算する。',
    en: "Prompt notice has to be agreed by contract; the customer's periods run from the day it knows.",
  },
};

const NONE: ReportingDuty = {
  regulator: {
    ja: '個人データを含まないため、報告の対象とならない。',
    en: 'No personal data is included, so no report is due.',
  },
  subjects: { ja: '本人への通知の対象とならない。', en: 'No notice to data subjects is due.' },
  vendor: { ja: '契約に定める障害の通知による。', en: 'Notice of outages as the contract provides.' },
};

const UNDECIDED: ReportingDuty = {
  ...ENTRUSTED,
  regulator: {
    ja: '委託に当たるか未確定のため、委託として扱い、委託元と委託先の双方が報告する前提で備える。',
    en: 'Not yet decided whether this is an entrustment: treat it as one and prepare for both the customer and the vendor to report.',
  },
};

const OWN_PURPOSE: ReportingDuty = {
  ...ENTRUSTED,
  regulator: {
    ja: '委託元と委託先の双方が報告する前提で備える。委託の範囲を超えて利用する部分は、委託先が自らの個人データとして報告する義務を負うおそれがある。',
    en: 'Prepare for both the customer and the vendor to report. For what the vendor uses beyond the entrustment it may have to report as data of its own.',
  },
};

const BY_CODE: Readonly<Record<string, ReportingDuty>> = {
  ENTRUSTMENT: ENTRUSTED,
  EXCEPTION_LIKELY: EXCEPTION,
  NO_PERSONAL_DATA: NONE,
  INSUFFICIENT: UNDECIDED,
  OUT_OF_SCOPE_USE: OWN_PURPOSE,
};

/**
 * `legalCode` is the code of the legal conclusion (null: the questionnaire draws none). `customerIsEntrustee`: the customer
 * handles the data for clients of its own, so that an entrustment to the vendor is a sub-entrustment.
 */
export function reportingDuty(legalCode: string | null, customerIsEntrustee: boolean): ReportingDuty {
  const duty = BY_CODE[legalCode ?? 'INSUFFICIENT'] ?? UNDECIDED;
  return duty === ENTRUSTED && customerIsEntrustee ? CHAIN : duty;
}
