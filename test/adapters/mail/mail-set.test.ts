import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeLetter } from '../../../server/adapters/mail/letter.ts';
import { loadTemplates } from '../../../server/adapters/templates.ts';
import { sampleModel } from './sample-model.ts';

const templates = loadTemplates();
const names = readdirSync('templates/mail').map((file) => file.replace(/\.hbs$/, ''));
const kinds = [...new Set(names.map((name) => name.split('.')[0] ?? ''))];
const locales = ['ja', 'en'] as const;
const LINK = 'https://kantoku.example/v#ktk1_sEcReT-of_the-link';

function letter(kind: string, locale: 'ja' | 'en', changes: Record<string, unknown> = {}) {
  const recipient = { email: 'tanaka@vendor.example', name: '田中 一郎' };
  // The one name that means two things: in the receipt, sections with answers.
  const part =
    kind === 'contributor-invitation' ? { sections: [locale === 'ja' ? '識別・認証' : 'Authentication'] } : {};
  const message = { kind, locale, recipient, model: { ...sampleModel(locale), ...part, ...changes } };
  return writeLetter(message, (model) => templates.mail(`${kind}.${locale}`, locale, model));
}

/** Mails that open something: the link must be there, alone on its line, so that no mail program swallows what follows it. */
const withoutLink = ['code', 'link-closed', 'password-changed', 'revoked'];
/** Mails of the customer to its vendor: they say how to check that they are genuine. */
const toVendor = [
  'code',
  'due-date-changed',
  'invitation',
  'link-closed',
  'link-replaced',
  'link-resent',
  'message',
  'overdue',
  'receipt',
  'reminder',
  'resumed',
  'return-withdrawn',
  'returned',
  'revoked',
  'scan-failed',
];
/** Those that ask for something until a day. */
const dated = [
  'due-date-changed',
  'invitation',
  'link-replaced',
  'link-resent',
  'message',
  'overdue',
  'reminder',
  'resumed',
  'returned',
];

describe.each(kinds)('the mail "%s"', (kind) => {
  it.each(locales)('is complete in %s', (locale) => {
    const { subject, text } = letter(kind, locale);
    expect(names).toContain(`${kind}.${locale}`);
    for (const one of [subject, text]) expect(one).not.toMatch(/\{\{|\}\}|undefined|null|NaN|\[object|Invalid Date/);
    expect([...subject].length).toBeLessThanOrEqual(120);
    expect(text).not.toMatch(/\n{4}|[ \t\u3000]+\n/);
    expect(text.split('\n--\n')).toHaveLength(2);
    expect(text).toContain('kantoku.example');
  });

  it.each(locales)('has no secret in its subject (%s)', (locale) => {
    expect(letter(kind, locale).subject).not.toMatch(/ktk1_|https?:|48151623/);
  });

  it.each(locales)('has each link alone on its line (%s)', (locale) => {
    const lines = letter(kind, locale).text.split('\n');
    const found = lines.filter((line) => line.includes(LINK));
    expect(found.length).toBe(withoutLink.includes(kind) ? 0 : 1);
    for (const line of found) expect(line.trim()).toBe(LINK);
  });

  it('is written in the language it says', () => {
    const english = letter(kind, 'en');
    expect(english.subject + english.text.replaceAll('あ', '')).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff（）：]/);
    expect(letter(kind, 'ja').text).not.toMatch(/[０-９]|\b(Please|Dear|Request)\b/);
  });
});

describe.each(toVendor)('the mail "%s" to the vendor', (kind) => {
  it.each([
    [
      'ja',
      '本物のメールであることの確かめ方',
      'パスワードの登録や入力をお願いすることはありません',
      'みなと社会保険労務士法人の電話番号',
    ],
    [
      'en',
      'How to check that this mail is genuine',
      'never be asked to set or enter a password',
      'call Minato Labour Law Office',
    ],
  ] as const)('says who runs this and how to check it (%s)', (locale, ...parts) => {
    const footer = letter(kind, locale).text.split('\n--\n')[1] ?? '';
    for (const part of [...parts, 'Kantoku', 'KA-2026-0042', 'kantoku.example']) expect(footer).toContain(part);
    if (dated.includes(kind))
      expect(footer).toContain(locale === 'ja' ? '提出期限：2026年12月14日(月)' : 'Due: Mon 14 Dec 2026');
  });
});

describe('subjects', () => {
  it.each([
    [
      'invitation',
      '【ご回答のお願い】みなと社会保険労務士法人：「社労夢」に関する質問票（依頼番号 KA-2026-0042）',
      '[Your answers, please] Minato Labour Law Office: questionnaire about Shalom (request KA-2026-0042)',
    ],
    [
      'code',
      '【確認コード】質問票の回答画面を開くためのコード（依頼番号 KA-2026-0042）',
      '[Confirmation code] To open your questionnaire (request KA-2026-0042)',
    ],
    [
      'reminder',
      '【再送】みなと社会保険労務士法人：質問票へのご回答のお願い（期限 2026年12月14日(月)、依頼番号 KA-2026-0042）',
      '[Reminder] Minato Labour Law Office: questionnaire due Mon 14 Dec 2026 (request KA-2026-0042)',
    ],
    [
      'overdue',
      '【期限超過】みなと社会保険労務士法人：質問票のご提出のお願い（期限 2026年12月14日(月)、依頼番号 KA-2026-0042）',
      '[Overdue] Minato Labour Law Office: questionnaire was due Mon 14 Dec 2026 (request KA-2026-0042)',
    ],
    [
      'returned',
      '【追加確認のお願い】みなと社会保険労務士法人：1問の回答をご確認ください（依頼番号 KA-2026-0042、期限 2026年12月14日(月)）',
      '[Please look again] Minato Labour Law Office: 1 of your answers, due Mon 14 Dec 2026 (request KA-2026-0042)',
    ],
    [
      'receipt',
      '【提出完了】みなと社会保険労務士法人への回答を受け付けました（受付番号 KR-7Q2M-4F9A）',
      '[Received] Your answers to Minato Labour Law Office (receipt KR-7Q2M-4F9A)',
    ],
    [
      'link-replaced',
      '【新しいリンク】みなと社会保険労務士法人：質問票の回答用リンクを変更しました（依頼番号 KA-2026-0042）',
      '[New link] Minato Labour Law Office: your link to the questionnaire has changed (request KA-2026-0042)',
    ],
    [
      'message',
      '【ご連絡】みなと社会保険労務士法人：設問 AUTH-01について（依頼番号 KA-2026-0042）',
      '[Message] Minato Labour Law Office: question AUTH-01 (request KA-2026-0042)',
    ],
    [
      'vendor-message',
      '【委託先からの質問】株式会社エムケイシステム：設問 AUTH-01について（依頼番号 KA-2026-0042）',
      '[Question from a vendor] MKSystem Corporation: question AUTH-01 (request KA-2026-0042)',
    ],
  ])('%s', (kind, ja, en) => {
    expect([letter(kind, 'ja').subject, letter(kind, 'en').subject]).toEqual([ja, en]);
  });
});

describe('what matters in each mail', () => {
  const cases: [string, Record<string, unknown>, readonly string[], readonly string[]][] = [
    [
      'invitation',
      {},
      [
        '設問数：64問',
        '約90分',
        '提出期限：2026年12月14日(月)',
        '委託先の監督（個人情報保護法25条）のため。',
        'アカウントの登録は不要です',
        '「確認コードを受け取る」',
      ],
      ['Questions: 64', 'about 90 minutes', 'Due: Mon 14 Dec 2026', 'APPI Art. 25', 'You need no account'],
    ],
    ['invitation', { purpose: '', estimatedMinutes: null }, ['■ 回答の始め方'], ['How to begin']],
    [
      'overdue',
      {},
      ['2026年12月14日(月)を過ぎておりますが', '2026年12月28日(月)（日本時間）までに'],
      ['was due on Mon 14 Dec 2026', 'submit it by Mon 28 Dec 2026'],
    ],
    ['reminder', { returned: 3 }, ['追加の確認をお願いしている設問が3問'], ['look again at 3 of your answers']],
    [
      'returned',
      {},
      [
        'AUTH-01　最小文字数を教えてください。\n　理由：規程の写しをご提出ください。',
        'お忙しいところ恐れ入ります。',
        '（第2回）',
      ],
      ['AUTH-01  What is the minimum length?\n  Reason: Please attach the policy.', 'round 2'],
    ],
    [
      'link-replaced',
      {},
      ['これまでのリンクはお使いいただけません', '保存済みの回答はそのまま残っています'],
      ['The earlier link no longer works', 'Everything you have saved is kept'],
    ],
    ['link-closed', {}, ['無効にいたしました', 'ご対応は不要です'], ['has been closed', 'You need not do anything']],
    [
      'vendor-message',
      { isUnclear: true, lines: [] },
      ['次の設問がわかりにくいとの連絡がありました', '返信した方の氏名ではなく組織名'],
      ['finds this question unclear', "your organisation's name, not yours"],
    ],
    [
      'message',
      { question: null, asked: [], lines: ['承知しました。'] },
      ['> 承知しました。', '質問票について、次のとおりご連絡いたします'],
      ['> 承知しました。'],
    ],
    [
      'declined',
      { lines: ['提供を終了しました。'] },
      ['辞退するとの連絡がありました', '> 提供を終了しました。'],
      ['has declined to answer'],
    ],
    [
      'redirected',
      {},
      ['氏名：小林 情報', 'kobayashi@vendor.example', '今のリンクは使えなくなります'],
      ['Name: Joho Kobayashi', 'the present one closes'],
    ],
    [
      'resumed',
      {},
      ['辞退のご連絡を拝見いたしました', '2026年12月14日(月)'],
      ['has opened it again', 'Mon 14 Dec 2026'],
    ],
    [
      'revoked',
      {},
      ['取り消しました。ご回答は不要です', '契約を見直すため', '予定表に登録済みの提出期限が取り消されます'],
      ['have withdrawn our request', 'out of your calendar'],
    ],
    [
      'due-date-changed',
      {},
      ['変更前：2026年12月7日(月)', '変更後：2026年12月14日(月)'],
      ['Before: Mon 7 Dec 2026', 'Now: Mon 14 Dec 2026'],
    ],
    [
      'part-returned',
      {},
      [
        'ご担当の設問のうち1問',
        'AUTH-01　最小文字数を教えてください。\n　理由：規程の写しをご提出ください。',
        '社内の田中 一郎さん',
      ],
      [
        'look again at 1 of those in your part',
        'AUTH-01  What is the minimum length?\n  Reason: Please attach the policy.',
      ],
    ],
    [
      'part-returned',
      { isContributor: false, isChecker: true },
      ['あらためて確認をお願いするメール', 'それまでのご対応は不要です'],
      ['a request to check them'],
    ],
    [
      'part-return-withdrawn',
      { isContributor: false, isChecker: false },
      ['承認のご対応は不要です', '再提出の期限が取り消されます'],
      ['not be asked to approve them again'],
    ],
    [
      'scan-failed',
      {},
      ['ファイルに問題が見つかったわけではありません', '・ファイル：規程（第3版）.pdf', '「ウイルス検査未完了」'],
      ['Nothing wrong was found in the file', '- File: policy (v3).pdf', '"Scan not completed"'],
    ],
    ['scan-failed-notice', {}, ['「検査をやり直す」を押してください'], ['press "Scan again"']],
    [
      'code',
      {},
      ['\n    48151623\n', '10分間有効で、1回だけ使えます'],
      ['\n    48151623\n', 'once, within 10 minutes'],
    ],
    [
      'receipt',
      {},
      ['受付番号：KR-7Q2M-4F9A', '61問中60問', '→ 12 文字'],
      ['Receipt number: KR-7Q2M-4F9A', '60 of 61', '-> 12 characters'],
    ],
  ];
  it.each(cases)('%s %j', (kind, changes, ja, en) => {
    for (const part of ja) expect(letter(kind, 'ja', changes).text).toContain(part);
    for (const part of en) expect(letter(kind, 'en', changes).text).toContain(part);
  });

  it('names no member in what a thread or a withdrawn return says, beyond the named contact', () => {
    for (const locale of locales) expect(letter('message', locale).text).not.toMatch(/佐藤|Sato/);
    for (const kind of ['returned', 'return-withdrawn', 'resumed']) {
      const [said = ''] = letter(kind, 'ja').text.split('■ お問い合わせ');
      expect(said).not.toContain('佐藤');
    }
  });
});
