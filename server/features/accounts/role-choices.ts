import type { Choice } from '../../plugins/forms.ts';

export const roles: readonly Choice[] = [
  {
    value: 'member',
    text: { ja: '担当者', en: 'Member' },
    hint: {
      ja: '委託先の登録、質問票の送付、回答の確認、評価の確定ができます。',
      en: 'Registers vendors, sends questionnaires, reviews answers and finalises.',
    },
  },
  {
    value: 'auditor',
    text: { ja: '監査人', en: 'Auditor' },
    hint: { ja: '閲覧と報告書の取得だけができます。', en: 'Reads and downloads reports only.' },
  },
  {
    value: 'owner',
    text: { ja: '管理者', en: 'Owner' },
    hint: {
      ja: '担当者の操作に加え、メンバーと組織の設定を管理できます。',
      en: 'Does what a member does, and manages members and the settings of the organisation.',
    },
  },
];

export const languages: readonly Choice[] = [
  { value: 'ja', text: { ja: '日本語', en: '日本語' } },
  { value: 'en', text: { ja: 'English', en: 'English' } },
];
