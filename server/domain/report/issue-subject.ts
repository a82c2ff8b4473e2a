import type { Localized } from '../questionnaire/questionnaire.ts';
import { type Quote, quotes } from './quote.ts';
import type { Source } from './source.ts';
import { certificateTerm, legalTerm } from './terms.ts';

/** What an issue is about, whichever of the four kinds of ref it carries. */
export type IssueSubject = {
  readonly title: Localized;
  readonly basis: readonly Localized[];
  readonly quotes: readonly Quote[];
  readonly recommendation: Localized;
};

export function subjectOf(source: Source, ref: string): IssueSubject {
  return question(source, ref) ?? certificate(source, ref) ?? finding(source, ref) ?? legal(source, ref);
}

function question(source: Source, ref: string): IssueSubject | undefined {
  const found = source.questions.get(ref)?.question;
  if (!found) return undefined;
  return {
    title: found.text,
    basis: found.references.map(source.cite),
    quotes: quotes(source, [ref]),
    recommendation: found.advice,
  };
}

function certificate(source: Source, ref: string): IssueSubject | undefined {
  const { evaluation, questionnaire } = source.input;
  const result = evaluation.why.certificates.find((one) => one.ref === ref);
  if (!result) return undefined;
  const kind = questionnaire.certificateKinds?.find((one) => one.id === result.kind);
  const label = kind?.label ?? { ja: result.kind, en: result.kind };
  const status = certificateTerm(result.status).label;
  const asked = source.questions.get(ref.split('#')[0] ?? '')?.question;
  return {
    title: { ja: `${label.ja}：${status.ja}`, en: `${label.en}: ${status.en}` },
    basis: asked?.references.map(source.cite) ?? [],
    quotes: [],
    recommendation: asked?.advice ?? {
      ja: '評価基準日に有効な認証書の写しを提出する。',
      en: 'Submit a copy of a certificate that is valid on the evaluation date.',
    },
  };
}

function finding(source: Source, ref: string): IssueSubject | undefined {
  const found = source.input.questionnaire.findings?.find((one) => one.id === ref);
  if (!found) return undefined;
  const own = quotes(source, found.row).filter((quote) => quote.state !== 'hidden');
  const refs = own.map((quote) => quote.id);
  return {
    title: found.title,
    basis: found.basis.map(source.cite),
    quotes: own,
    recommendation: {
      ja: `関連する設問（${refs.join('、')}）の指摘を是正し、証跡を添えて再回答する。`,
      en: `Correct the issues of the related questions (${refs.join(', ')}) and answer again with evidence.`,
    },
  };
}

function legal(source: Source, ref: string): IssueSubject {
  const { evaluation, questionnaire } = source.input;
  const rule = questionnaire.legal?.rules.find((one) => one.id === evaluation.why.legalRule);
  const actions = rule?.requiredActions ?? [];
  const factors = evaluation.why.legalFactors.flatMap((factor) => factor.restsOn);
  const conclusion = legalTerm(evaluation.legal?.code ?? ref).label;
  return {
    title: { ja: `クラウド例外・委託の判定：${conclusion.ja}`, en: `Cloud exception or entrustment: ${conclusion.en}` },
    basis: questionnaire.legal?.basis.map(source.cite) ?? [],
    quotes: quotes(source, [...new Set(factors)]),
    recommendation: { ja: actions.map((one) => one.ja).join(''), en: actions.map((one) => one.en).join(' ') },
  };
}
