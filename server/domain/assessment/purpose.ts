/** What the customer says it asks for, until somebody writes better. */
import type { Localized } from '../questionnaire/questionnaire.ts';

/** 個人情報保護法 第25条 (supervision of entrustees) and ガイドライン（通則編） 3-4-4(1), (3). */
export const usualPurpose: Localized = {
  ja: '個人情報の保護に関する法律第25条（委託先の監督）に基づき、貴社サービスにおける個人データの取扱いと安全管理措置を確認するため、ご回答をお願いいたします。いただいた回答と資料は、委託先の評価と監督のほかには使用いたしません。',
  en: 'We ask you to answer so that we can confirm how your service handles personal data and keeps it secure, as Article 25 of the Act on the Protection of Personal Information (supervision of entrustees) requires of us. Your answers and documents will be used for assessing and supervising our vendors and for nothing else.',
};

/** The usual words follow the contact's language; words somebody wrote stay as they are. */
export function purposeFor(locale: 'ja' | 'en', typed: string): string {
  return typed === usualPurpose.ja || typed === usualPurpose.en ? usualPurpose[locale] : typed;
}
