import type { Localized } from '../questionnaire/questionnaire.ts';
import { type Quote, quotes } from './quote.ts';
import type { Source } from './source.ts';
import { confidenceTerm, legalTerm, type Term } from './terms.ts';

/** Part 5; null when the questionnaire draws no legal conclusion. */
export type LegalPart = {
  readonly rule: string | null;
  readonly conclusion: Term;
  readonly text: Localized;
  readonly confidence: Term<'high' | 'medium'> | null;
  readonly claimMismatch: Localized | null;
  readonly operationalDefault: boolean;
  readonly factors: readonly { readonly id: string; readonly label: Localized; readonly quotes: readonly Quote[] }[];
  readonly overlays: readonly { readonly id: string; readonly label: Localized; readonly text: Localized }[];
  readonly requiredActions: readonly Localized[];
  readonly basis: readonly Localized[];
  readonly disclaimer: Localized;
};

export function buildLegal(source: Source): LegalPart | null {
  const { questionnaire, evaluation } = source.input;
  const { legal } = questionnaire;
  const conclusion = evaluation.legal;
  if (!legal || !conclusion) return null;
  const rule = legal.rules.find((one) => one.id === evaluation.why.legalRule);
  return {
    rule: rule?.id ?? null,
    conclusion: legalTerm(conclusion.code),
    text: rule?.text ?? legalTerm(conclusion.code).label,
    confidence: conclusion.confidence ? confidenceTerm(conclusion.confidence) : null,
    claimMismatch: conclusion.claimMismatch ? legal.claimMismatchText : null,
    operationalDefault: conclusion.operationalDefault !== undefined,
    factors: evaluation.why.legalFactors.map(({ id, label, restsOn }) => ({
      id,
      label,
      quotes: quotes(source, restsOn),
    })),
    overlays: legal.overlays
      .filter((overlay) => conclusion.overlays.includes(overlay.id))
      .map(({ id, label, text }) => ({ id, label, text })),
    requiredActions: rule?.requiredActions ?? [],
    basis: legal.basis.map(source.cite),
    disclaimer: legal.disclaimer,
  };
}
