import { hasExpired, type ScanCode } from '../assessment/evidence-file.ts';
import type { Localized } from '../questionnaire/questionnaire.ts';
import type { HistoryEvent, ReportInput, Withheld } from './input.ts';
import { evidenceOf, type NumberedFile, type Source } from './source.ts';
import { type EvidenceCode, evidenceTerm, scanTerm, type Term } from './terms.ts';

/** Part 11: the files behind the answers, by fingerprint; the files themselves are not part of the report. */
export type EvidenceRow = Omit<NumberedFile, 'state' | 'effectiveOn' | 'expiresOn' | 'scan'> & {
  readonly effectiveOn: string | null;
  readonly expiresOn: string | null;
  /** On the date of evaluation. */
  readonly expired: boolean;
  readonly scan: Term<ScanCode>;
  readonly state: Term<EvidenceCode>;
};

/** Also part 11: proof that is said to exist but was not handed over, beside what was made of the answer. */
export type WithheldRow = {
  readonly subject: string;
  readonly question: Localized;
  readonly reason: string;
  readonly state: Term<EvidenceCode>;
};

/** Part 14: who did what, when. */
export type HistoryRow = Omit<HistoryEvent, 'detail'> & { readonly detail: string | null };

export function buildEvidence({ files, input }: Source): EvidenceRow[] {
  return files.map((file) => ({
    ...file,
    effectiveOn: file.effectiveOn ?? null,
    expiresOn: file.expiresOn ?? null,
    expired: hasExpired(file.expiresOn, input.evaluation.asOf),
    scan: scanTerm(file.scan ?? 'notScanned'),
    state: evidenceTerm(file.state),
  }));
}

/** In the order of the questionnaire, of the questions that were asked. */
export function buildWithheld({ questions, results }: Source, withheld: readonly Withheld[]): WithheldRow[] {
  const reasons = new Map(withheld.map(({ subject, reason }) => [subject, reason]));
  return [...questions].flatMap(([subject, { question }]) => {
    const reason = reasons.get(subject) ?? '';
    const result = results.get(subject);
    if (reason === '' || !result || result.state === 'hidden') return [];
    return [{ subject, question: question.text, reason, state: evidenceOf(question, result) }];
  });
}

export function buildHistory({ history = [] }: ReportInput): HistoryRow[] {
  return history.map(({ at, actor, action, detail = null }) => ({ at, actor, action, detail }));
}
