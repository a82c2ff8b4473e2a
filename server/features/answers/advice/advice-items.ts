import type { Locale } from '../../../adapters/template-helpers.ts';
import type { Advice } from '../../../domain/advice/advice.ts';
import { wordsOf } from '../page-words.ts';

/** One question's advice for its template; `hrefOf` gives the address of another question. */
export function adviceItems(advice: readonly Advice[], locale: Locale, hrefOf: (questionId: string) => string) {
  return advice.map(({ kind, what, findings, mend, related }) => ({
    kind,
    labelKey: `advice.kind.${kind}`,
    what: wordsOf(what, locale),
    findings: findings.map(({ title, statement }) => ({
      title: wordsOf(title, locale),
      statement: wordsOf(statement, locale),
    })),
    mend: wordsOf(mend, locale),
    related: related.map((id) => ({ id, href: hrefOf(id) })),
  }));
}
