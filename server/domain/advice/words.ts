/** The few sentences that belong to no questionnaire. */
import type { Localized } from '../questionnaire/questionnaire.ts';

export const whatWords = {
  fail: {
    ja: 'この回答は、個人情報保護委員会が指摘した次の状態に当てはまります。',
    en: 'This answer matches the following finding of the Personal Information Protection Commission (PPC).',
  },
  partial: {
    ja: 'この回答のままでは、個人情報保護委員会が指摘した次の点への備えが十分とはいえません。',
    en: 'As it stands, this answer covers the following finding of the Personal Information Protection Commission (PPC) only in part.',
  },
  unknown: {
    ja: '確認中のため、個人情報保護委員会が指摘した次の状態に当たるかどうかを判断できません。',
    en: 'While this is being checked, it cannot be told whether the following finding of the Personal Information Protection Commission (PPC) applies.',
  },
  observed: {
    ja: 'この回答は、個人情報保護委員会の公表資料が触れている次の点に当てはまります。',
    en: 'This answer matches a point noted in what the Personal Information Protection Commission (PPC) published.',
  },
  shortcoming: {
    ja: 'この回答は、求められる安全管理措置が足りない状態と読み取られます。',
    en: 'This answer reads as a gap in the security control measures expected.',
  },
} satisfies Record<string, Localized>;

export const mendUnknown: Localized = {
  ja: '担当部署に確かめてから回答してください。時間がかかる場合は、確認の予定を補足に記入してください。',
  en: 'Check with whoever is in charge, then answer. If that takes time, say in the comment when you expect to know.',
};
