/** The words of the audit trail for what an owner changes about the organisation itself. */
import type { Localized } from '../questionnaire/questionnaire.ts';

type Details = Readonly<Record<string, unknown>>;

export const organisationEventWords: Readonly<Record<string, (details: Details) => Localized>> = {
  'organisation.created': () => ({ ja: '組織を登録', en: 'Organisation registered' }),
  'organisation.changed': ({ changes }) => {
    const names = fieldsIn(changes);
    const ja = '組織の設定を変更';
    const en = 'Settings of the organisation changed';
    if (names.length === 0) return { ja, en };
    return {
      ja: `${ja}（${names.map((name) => name.ja).join('、')}）`,
      en: `${en} (${names.map((name) => name.en).join(', ')})`,
    };
  },
  'organisation.logoAdded': () => ({ ja: '組織のロゴを登録', en: 'Logo of the organisation added' }),
  'organisation.logoReplaced': () => ({ ja: '組織のロゴを差し替え', en: 'Logo of the organisation replaced' }),
  'organisation.logoRemoved': () => ({ ja: '組織のロゴを削除', en: 'Logo of the organisation removed' }),
};

/** In the order of the form; the two languages of a text, and the three ways to a contact, are told as one. */
function fieldsIn(changes: unknown): Localized[] {
  const changed = Object.keys((changes ?? {}) as Details);
  return groups.filter(({ fields }) => fields.some((field) => changed.includes(field))).map(({ words }) => words);
}

const groups: readonly { fields: readonly string[]; words: Localized }[] = [
  { fields: ['name', 'nameEn'], words: { ja: '組織名', en: 'name' } },
  { fields: ['isEntrustee'], words: { ja: '再委託元としての立場', en: 'whether it acts for clients' } },
  { fields: ['address'], words: { ja: '所在地', en: 'address' } },
  { fields: ['department'], words: { ja: '担当部署', en: 'department' } },
  {
    fields: ['privacyName', 'privacyEmail', 'privacyPhone'],
    words: { ja: '個人情報の問合せ先', en: 'privacy contact' },
  },
  {
    fields: ['confidentialityJa', 'confidentialityEn'],
    words: { ja: '秘密保持・保管の説明', en: 'confidentiality and retention' },
  },
];
