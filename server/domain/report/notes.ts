import type { Localized } from '../questionnaire/questionnaire.ts';
import type { ReportInput } from './input.ts';
import { findingTerm, severityTerm } from './terms.ts';

/** Part 15: how the numbers came about, the law they rest on, and what the report is not. */
export type Notes = {
  readonly mandatory: readonly Localized[];
  readonly versions: {
    readonly questionnaire: string;
    readonly questionnaireHash: string;
    readonly scorerVersion: string;
    readonly asOf: string;
    readonly mode: string;
  };
  readonly method: readonly Localized[];
  readonly weights: readonly {
    readonly id: string;
    readonly title: Localized;
    readonly weight: number;
    readonly questions: number;
  }[];
  readonly caps: readonly Localized[];
  readonly dueDays: readonly { readonly severity: Localized; readonly days: number }[];
  readonly glossary: readonly { readonly word: Localized; readonly meaning: Localized }[];
};

const MANDATORY: readonly Localized[] = [
  {
    ja: '本報告書は、委託先の回答と提示された証跡に基づいて作成したものであり、対象サービスの安全性を保証するものではない。',
    en: "This report is based on the vendor's answers and the evidence presented. It gives no assurance that the service is secure.",
  },
  {
    ja: '自己申告にとどまる項目および証跡が未確認の項目は、確認済みの項目と区別して表示している。',
    en: 'Answers that are only self-declared, or whose evidence has not been verified, are marked apart from verified ones.',
  },
  {
    ja: 'クラウド例外および委託に関する判定は参考であり、法的助言ではない。',
    en: 'The conclusion on the cloud exception and entrustment is for guidance and is not legal advice.',
  },
  {
    ja: '本報告書の数値は、次に示す質問票の版、採点規則の版および評価基準日から再現できる。',
    en: 'Every figure can be reproduced from the questionnaire version, the scorer version and the evaluation date given below.',
  },
];

export function buildNotes(input: ReportInput): Notes {
  const { questionnaire, questionnaireHash, evaluation } = input;
  const { scoring } = questionnaire;
  return {
    mandatory: MANDATORY,
    versions: {
      questionnaire: evaluation.questionnaire,
      questionnaireHash,
      scorerVersion: evaluation.scorerVersion,
      asOf: evaluation.asOf,
      mode: evaluation.mode,
    },
    method: method(input),
    weights: questionnaire.sections.map(({ id, title, weight, questions }) => ({
      id,
      title,
      weight,
      questions: questions.length,
    })),
    caps: scoring.caps.map((cap) => cap.reason),
    dueDays: (['major', 'minor', 'toConfirm'] as const).flatMap((severity) => {
      const days = scoring.dueDays[severity];
      return days === undefined ? [] : [{ severity: severityTerm(severity).label, days }];
    }),
    glossary: GLOSSARY,
  };
}

function method({ questionnaire: { scoring } }: ReportInput): Localized[] {
  const { none, rejected } = scoring.evidenceMultipliers;
  const share = scoring.sectionMinimumShare * 100;
  return [
    {
      ja: `設問ごとの得点（0〜1）に重みを掛けて分野の得点率を求め、分野の配点で加重平均して100点満点の総合点とする。`,
      en: 'Each question scores 0 to 1 and is weighted within its section; the sections, weighted in turn, give a score out of 100.',
    },
    {
      ja: `証跡が必須の設問で証跡がない場合は得点に${none}を、証跡が回答と矛盾する場合は${rejected}を乗じる。`,
      en: `Where evidence is required, a score without it is multiplied by ${none}, and by ${rejected} where the evidence contradicts the answer.`,
    },
    {
      ja: '理由のある「該当なし」は採点から除く。「わからない」および未回答は0点とし、要確認事項とする。',
      en: 'A reasoned "not applicable" is left out. "Not known" and no answer score 0 and have to be confirmed.',
    },
    {
      ja: `該当する設問の重みが分野全体の${share}％に満たない分野は対象外とし、その配点を除いて平均する。`,
      en: `A section in which less than ${share}% of the weight applies is left out, and the others make up the mean.`,
    },
    {
      ja: '認証の分野は、評価基準日に有効な認証の点数の合計（上限1）とする。認証は管理策への回答に優先しない。',
      en: 'The certificate section adds up the points of certificates valid on the evaluation date, at most 1. A certificate never overrides an answer.',
    },
    {
      ja: '回答率は、採点対象の重みのうち回答のあった割合とする。回答分のみの得点は参考値であり、判定に用いない。',
      en: 'Coverage is the share of the applicable weight that was answered. The score of answered items alone is for information only.',
    },
    {
      ja: '緊急度は、足切り事項に関わる重大な指摘を「緊急」、その他の重大を「高」、軽微を「中」、観察を「低」とする（軽微でも足切り事項に関わるものは「高」）。',
      en: 'Urgency: immediate for major issues that decide a knock-out, high for other major ones, medium for minor, low for observations (a minor issue of a knock-out is high).',
    },
  ];
}

const GLOSSARY: Notes['glossary'] = [
  {
    word: { ja: '足切り（ノックアウト）', en: 'Knock-out' },
    meaning: {
      ja: '該当すると、得点にかかわらず総合判定が不適合となる事項。',
      en: 'A finding that makes the overall judgement non-conforming whatever the score.',
    },
  },
  {
    word: { ja: 'クラウド例外', en: 'Cloud exception' },
    meaning: {
      ja: 'クラウド事業者が個人データを取り扱わないこととなっている場合に、委託および第三者提供に当たらないとする整理。',
      en: 'A provider that is not to handle the personal data it stores is neither entrusted with it nor a third party receiving it.',
    },
  },
  {
    word: findingTerm('managed').label,
    meaning: {
      ja: '個人データを取り扱うが、委託契約と統制の下で管理されている状態。委託であること自体は不備としない。',
      en: 'Personal data is handled, but under an entrustment contract and controls. Being entrusted is not a failure.',
    },
  },
  {
    word: { ja: '評価基準日', en: 'Evaluation date' },
    meaning: {
      ja: '認証や試験の有効性などを判断する基準となる日。後日再作成しても結果は変わらない。',
      en: 'The day on which certificates, tests and the like are judged. Making the report again later gives the same result.',
    },
  },
  {
    word: { ja: '自己申告', en: 'Self-declared' },
    meaning: { ja: '証跡の提示がなく、回答のみに基づくもの。', en: 'Based on the answer alone, without evidence.' },
  },
];
