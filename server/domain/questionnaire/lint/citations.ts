/** Whatever is named is defined: questions in rows and factors, factor groups, and every authority cited. */
import type { Questionnaire } from '../questionnaire.ts';
import { type LintMessage, lintError, type Path } from './lint-message.ts';
import { placedQuestions } from './places.ts';

type Named = { readonly names: readonly string[]; readonly path: Path };

export function lintCitations(questionnaire: Questionnaire): readonly LintMessage[] {
  const references = new Set(questionnaire.references?.map(({ id }) => id));
  const questions = new Set(placedQuestions(questionnaire).map(({ question }) => question.id));
  return [
    ...authorities(questionnaire).flatMap((named) =>
      missing(named, references).map(({ name, path }) =>
        lintError(
          'unlisted-reference',
          path,
          `根拠「${name}」が references にありません。書き加えるか、IDを直してください。`,
          `The authority "${name}" is not listed under references. Add it, or correct the id.`,
        ),
      ),
    ),
    ...questionLists(questionnaire).flatMap((named) =>
      missing(named, questions).map(({ name, path }) =>
        lintError(
          'unknown-question',
          path,
          `設問「${name}」はありません。IDを直してください。`,
          `There is no question "${name}". Correct the id.`,
        ),
      ),
    ),
    ...lintFactors(questionnaire),
    ...lintBases(questionnaire),
  ];
}

function authorities(questionnaire: Questionnaire): readonly Named[] {
  const duties = questionnaire.customerDuties;
  return [
    ...placedQuestions(questionnaire).map(({ question, path }) => ({
      names: question.references,
      path: [...path, 'references'],
    })),
    ...(questionnaire.findings ?? []).map(({ basis }, f) => ({ names: basis, path: ['findings', f, 'basis'] })),
    ...(questionnaire.observations ?? []).map(({ basis }, o) => ({ names: basis, path: ['observations', o, 'basis'] })),
    { names: questionnaire.legal?.basis ?? [], path: ['legal', 'basis'] },
    { names: duties?.basis ?? [], path: ['customerDuties', 'basis'] },
    ...(duties?.duties ?? []).map(({ basis }, d) => ({ names: basis, path: ['customerDuties', 'duties', d, 'basis'] })),
  ];
}

function questionLists(questionnaire: Questionnaire): readonly Named[] {
  const groups = Object.entries(questionnaire.legal?.factorGroups ?? {});
  return [
    ...(questionnaire.findings ?? []).map(({ row }, f) => ({ names: row, path: ['findings', f, 'row'] })),
    ...(questionnaire.observations ?? []).map(({ row }, o) => ({ names: row, path: ['observations', o, 'row'] })),
    ...(questionnaire.contradictions ?? []).flatMap(({ questions = [], each = [] }, c) => [
      { names: questions, path: ['contradictions', c, 'questions'] },
      { names: each, path: ['contradictions', c, 'each'] },
    ]),
    ...groups.flatMap(([group, factors]) =>
      factors.map(({ restsOn }, f) => ({ names: restsOn, path: ['legal', 'factorGroups', group, f, 'restsOn'] })),
    ),
  ];
}

function lintFactors({ legal }: Questionnaire): readonly LintMessage[] {
  const groups = new Set(Object.keys(legal?.factorGroups ?? {}));
  const factors = new Set(Object.values(legal?.factorGroups ?? {}).flatMap((group) => group.map(({ id }) => id)));
  return (legal?.rules ?? []).flatMap((rule, r) => [
    ...missing({ names: rule.factors, path: ['legal', 'rules', r, 'factors'] }, groups).map(({ name, path }) =>
      lintError(
        'unknown-factor',
        path,
        `要素の組「${name}」が factorGroups にありません。`,
        `There is no factor group "${name}" under factorGroups.`,
      ),
    ),
    ...(rule.factorWhenNone === undefined || factors.has(rule.factorWhenNone)
      ? []
      : [
          lintError(
            'unknown-factor',
            ['legal', 'rules', r, 'factorWhenNone'],
            `要素「${rule.factorWhenNone}」が factorGroups にありません。`,
            `There is no factor "${rule.factorWhenNone}" under factorGroups.`,
          ),
        ]),
  ]);
}

function lintBases({ certificateKinds = [] }: Questionnaire): readonly LintMessage[] {
  const kinds = new Set(certificateKinds.map(({ id }) => id));
  return certificateKinds.flatMap(({ extends: base }, index) =>
    base === undefined || kinds.has(base)
      ? []
      : [
          lintError(
            'unknown-certificate-kind',
            ['certificateKinds', index, 'extends'],
            `認証の種別「${base}」は certificateKinds に定義されていません。`,
            `The certificate kind "${base}" is not defined under certificateKinds.`,
          ),
        ],
  );
}

function missing({ names, path }: Named, known: ReadonlySet<string>): readonly { name: string; path: Path }[] {
  return names.flatMap((name, index) => (known.has(name) ? [] : [{ name, path: [...path, index] }]));
}
