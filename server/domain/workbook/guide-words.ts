/** What the first sheet of a workbook explains. */
import type { Locale } from './words.ts';

type Guide = {
  headings: { steps: string; rules: string; evidence: string };
  steps: readonly string[];
  rules: readonly [string, string][];
  evidence: readonly [string, string][];
};

export const guide: Readonly<Record<Locale, Guide>> = {
  ja: {
    headings: { steps: '手順', rules: '記入のしかた', evidence: 'ご注意' },
    steps: [
      '各シートの枠の濃いセルに記入してください。黄色のセルは未回答です。記入済みの内容は、画面で回答いただいたものです。',
      '一部だけの記入でも構いません。行の並べ替え、絞り込み、列幅の変更、空の行の挿入をしても読み取れます。',
      '.xlsx形式のまま保存し、依頼メールのリンクから回答画面を開いて「Excelで回答する」（{uploadAt}）で選んでください。',
      '読み込む前に、追加・変更・衝突・エラーが画面に表示されます。確かめてから、すべてまたは一部を反映できます。提出は画面で行います。',
    ],
    rules: [
      ['選択する設問', '▼から選んでください。選択肢と同じ言葉の入力、はい・いいえの設問では○・×も読み取ります。'],
      ['複数選ぶ設問', '設問の下に選択肢が1行ずつ並んでいます。当てはまる行の「回答」に○を選んでください。'],
      ['数値', '数値のみ記入してください（単位は不要）。全角の数字も読み取ります。'],
      ['日付', '2026/12/1、2026年12月1日、令和8年12月1日のいずれでも読み取ります。'],
      ['わからない・確認中', '未回答とは区別されます。確認でき次第、回答に書き換えてください。'],
      ['該当なし', '選べる設問だけに表示されます。「該当なしの理由」も記入してください。'],
      [
        '条件付きの回答',
        '契約プランやオプションによって回答が変わる場合に、その条件とあわせて記入してください。「回答」には条件がない場合の現状を記入します。',
      ],
      ['対応予定', '今はできていないが予定がある場合に、日付と内容を記入してください。'],
      ['認証・報告書', '「認証・報告書」シートに、1件1行で記入してください。'],
      ['必須・表示条件', '「今の回答では対象外」の設問は、関連する設問の回答によって対象になります。'],
    ],
    evidence: [
      [
        '証跡',
        '証跡のファイルは、このExcelには添付できません。回答画面で設問ごとに添付してください。「証跡」の列には、添付済みのファイル名を表示しています。',
      ],
      ['数式', '数式・マクロ・他のファイルへのリンクは読み込みません。値だけを記入してください。'],
      [
        '保護',
        'シートは誤操作を防ぐために保護されていますが、パスワードはありません。非表示の列とシートは消さないでください。',
      ],
    ],
  },
  en: {
    headings: { steps: 'Steps', rules: 'How to fill it in', evidence: 'Please note' },
    steps: [
      'Fill in the cells with the darker frame on each sheet; yellow cells are unanswered. What is already there was answered on the web pages.',
      'You need not fill in everything. Rows may be sorted and filtered, columns widened, empty rows inserted.',
      'Save it as .xlsx, open the questionnaire with the link in your request mail, and choose the file under “Answer in Excel” ({uploadAt}).',
      'Before anything is taken over, a page shows what is new, changed, in conflict or wrong. You then take over all of it or a part. You submit on the web pages.',
    ],
    rules: [
      [
        'Single choice',
        'Choose from the list (▼). The same words typed are understood too, and ○ / × where the options are yes and no.',
      ],
      [
        'Several choices',
        'Each option has a row below the question. Choose ○ under “Answer” in every row that applies.',
      ],
      ['Numbers', 'The number only, without its unit.'],
      ['Dates', 'For example 2026-12-01, 2026/12/1 or 令和8年12月1日.'],
      ['Not known', '“Not known / being checked” is not the same as unanswered. Replace it once you know.'],
      ['Not applicable', 'Offered only where it can apply. Please give the reason as well.'],
      [
        'Under a condition',
        'Where the answer depends on a plan or option, give that answer and the condition. “Answer” holds what is so without it.',
      ],
      ['Planned', 'Where something is not done yet but planned, give the date and what is planned.'],
      ['Certificates', 'On the sheet “Certificates and reports”, one row each.'],
      ['Needed when', 'Questions that do not apply now may apply once the questions they depend on are answered.'],
    ],
    evidence: [
      [
        'Evidence',
        'Files cannot be attached to this workbook. Attach them to each question on the web pages. The column “Evidence” shows what is attached.',
      ],
      ['Formulas', 'Formulas, macros and links to other files are not taken. Please give values only.'],
      [
        'Protection',
        'The sheets are protected against accidents, without a password. Please leave hidden columns and sheets as they are.',
      ],
    ],
  },
};
