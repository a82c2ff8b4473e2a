import type { InvalidField } from '../../errors.ts';
import { choicesOf, fieldsOf } from '../../plugins/forms.ts';

const people = [
  {
    value: 'owner',
    text: { ja: '管理者', en: 'Owner' },
    hint: { ja: 'メンバーの招待もできます。', en: 'Also invites members.' },
  },
  { value: 'member', text: { ja: '担当者', en: 'Member' } },
  {
    value: 'auditor',
    text: { ja: '監査人', en: 'Auditor' },
    hint: { ja: '閲覧と報告書の取得のみ。', en: 'Reads and downloads only.' },
  },
];
const typed = {
  name: '株式会社髙﨑クラウド',
  email: 'tanaka@',
  password: '',
  due: '2026-12-01',
  people: '3,300',
  note: '社会保険・給与の手続きを委託しています。\n年に一度、実地で確認します。',
  role: 'member',
  items: ['owner', 'auditor'],
  file: '',
};
const problems: InvalidField[] = [
  {
    path: 'email',
    message: {
      ja: 'メールアドレスは name@example.jp の形で入力してください。',
      en: 'Enter an email address like name@example.jp.',
    },
  },
  { path: 'role', message: { ja: '役割を選んでください。', en: 'Choose a role.' } },
];

export function styleguideModel() {
  const fields = (errors: readonly InvalidField[], prefix: string) => {
    const made = {
      ...fieldsOf(['name', 'email', 'password', 'due', 'people', 'note', 'file'], typed, errors),
      kind: choicesOf('kind', people, { kind: 'auditor' }, errors),
      role: choicesOf('role', people, errors.length > 0 ? {} : typed, errors),
      items: choicesOf('items', people, typed, errors),
    };
    return Object.fromEntries(Object.entries(made).map(([name, field]) => [name, { ...field, id: prefix + name }]));
  };
  return {
    fields: fields([], 'plain-'),
    wrong: fields(problems, ''),
    shown: problems,
    states: ['draft', 'sent', 'inProgress', 'submitted', 'returned', 'declined', 'finalised', 'expired', 'revoked'],
    judgements: ['conform', 'conditional', 'nonconform', 'pending'],
    severities: ['major', 'minor', 'observation', 'toConfirm'],
    evidence: ['none', 'attached', 'verified', 'rejected'],
    findings: ['fail', 'partial', 'unverified', 'unknown', 'managed', 'pass', 'not_applicable'],
    progress: ['notStarted', 'inProgress', 'done'],
    tones: ['neutral', 'info', 'progress', 'action', 'good', 'warning', 'bad', 'unknown', 'off'],
    grades: ['A', 'B', 'C', 'D', 'E'].map((grade, index) => ({ grade, score: [92.4, 74, 61.5, 47.2, 31][index] })),
    bannerKinds: ['info', 'success', 'warning', 'error'],
    pages: [1, 2, 3].map((number) => ({ number, href: `?page=${number}`, current: number === 2 })),
  };
}
