import type { Locale } from '../../adapters/template-helpers.ts';
import type { Advice } from '../../domain/advice/advice.ts';
import { adviceItems } from '../answers/advice/advice-items.ts';

const finding = {
  code: '',
  title: { ja: 'セキュリティ更新と脆弱性', en: 'Security updates and vulnerabilities' },
  statement: {
    ja: 'ソフトウェアのセキュリティ更新が適切に行われず、深刻な脆弱性が残されていた。',
    en: 'Security updates were not applied properly, and serious vulnerabilities had been left in place.',
  },
};
export const advices: readonly Advice[] = [
  {
    kind: 'finding',
    what: {
      ja: 'この回答は、個人情報保護委員会が指摘した次の状態に当てはまります。',
      en: 'This answer matches the following finding of the Personal Information Protection Commission (PPC).',
    },
    findings: [finding],
    mend: { ja: '重大な更新の期限を定める。', en: 'Set a deadline for serious updates.' },
    related: [],
  },
  {
    kind: 'contradiction',
    what: {
      ja: '期限を超えた脆弱性は0件という回答ですが、更新の期限そのものを定めていないと回答されています。',
      en: 'No vulnerability is said to be overdue, yet no deadline for updates has been set.',
    },
    findings: [],
    mend: { ja: '期限を定めたうえで件数を数え直してください。', en: 'Set a deadline and count again.' },
    related: ['type', 'forms'],
  },
  {
    kind: 'shortcoming',
    what: {
      ja: 'この回答は、求められる安全管理措置が足りない状態と読み取られます。',
      en: 'This answer reads as a gap in the security control measures expected.',
    },
    findings: [],
    mend: { ja: '年1回以上の訓練を計画する。', en: 'Plan an exercise at least once a year.' },
    related: [],
  },
];

/** Advice of each kind. */
export function adviceSamples(locale: Locale) {
  return adviceItems(advices, locale, (id) => `#${id}`);
}
