/** Questions that can be answered and scored as they stand. */
import type { Question, Questionnaire, QuestionType } from '../questionnaire.ts';
import { type LintMessage, lintError, type Path } from './lint-message.ts';
import { placedQuestions } from './places.ts';
import { lintScoring } from './question-scoring.ts';

/** Values with a meaning of their own in every question. */
const SPECIAL_VALUES = ['unknown', 'na'];

export function lintQuestions(questionnaire: Questionnaire): readonly LintMessage[] {
  const kinds = new Set(questionnaire.certificateKinds?.map(({ id }) => id));
  const findings = new Set(questionnaire.findings?.map(({ id }) => id));
  return [
    ...placedQuestions(questionnaire).flatMap(({ question, path }) => [
      ...lintParts(question, path),
      ...lintOptions(question, path),
      ...lintKinds(question, path, kinds),
      ...lintFinding(question, path, findings),
      ...lintScoring(question, path),
    ]),
    ...lintCertificateSections(questionnaire),
  ];
}

/** Parts that belong to one type of question only; elsewhere they would be silently ignored. */
function lintParts(question: Question, path: Path): readonly LintMessage[] {
  const { type } = question;
  const allowed = partsOf(type);
  const extra = Object.keys(question).filter((key) => allowed[key] === false);
  const found = extra.map((key) =>
    lintError(
      'misplaced-part',
      [...path, key],
      `種類が ${type} の設問に ${key} は使えません。削除してください。`,
      `A question of type ${type} cannot have ${key}. Remove it.`,
    ),
  );
  if (allowed.options && (question.options ?? []).length === 0) {
    found.push(
      lintError(
        'no-options',
        path,
        '選択肢がありません。options を加えてください。',
        'There are no options. Add some.',
      ),
    );
  }
  const { minimum, maximum } = question;
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    found.push(
      lintError(
        'empty-range',
        [...path, 'minimum'],
        '最小値が最大値を超えています。',
        'The minimum is above the maximum.',
      ),
    );
  }
  return found;
}

/** Which of the optional parts a type of question may have. */
function partsOf(type: QuestionType): Record<string, boolean> {
  return {
    options: type === 'single' || type === 'multi',
    none: type === 'multi' || type === 'number' || type === 'date',
    multi: type === 'multi',
    bands: type === 'number',
    monthBands: type === 'date',
    minimum: type === 'number',
    maximum: type === 'number',
    integer: type === 'number',
    unit: type === 'number',
    certificateKinds: type === 'certificates',
    notApplicable: type !== 'text' && type !== 'certificates',
  };
}

function lintOptions(question: Question, path: Path): readonly LintMessage[] {
  const forbidden = question.type === 'multi' ? [...SPECIAL_VALUES, 'none'] : SPECIAL_VALUES;
  return (question.options ?? []).flatMap(({ value }, index) =>
    forbidden.includes(value)
      ? [
          lintError(
            'special-value',
            [...path, 'options', index, 'value'],
            `値「${value}」は特別な意味を持つため選択肢に使えません。`,
            `The value "${value}" has a meaning of its own and cannot be an option.`,
          ),
        ]
      : [],
  );
}

function lintKinds(question: Question, path: Path, kinds: ReadonlySet<string>): readonly LintMessage[] {
  if (question.type === 'certificates' && (question.certificateKinds ?? []).length === 0) {
    return [
      lintError(
        'no-certificate-kinds',
        path,
        '認証の種別がありません。certificateKinds を加えてください。',
        'There are no certificate kinds. Add certificateKinds.',
      ),
    ];
  }
  return (question.certificateKinds ?? []).flatMap((kind, index) =>
    kinds.has(kind)
      ? []
      : [
          lintError(
            'unknown-certificate-kind',
            [...path, 'certificateKinds', index],
            `認証の種別「${kind}」は certificateKinds に定義されていません。`,
            `The certificate kind "${kind}" is not defined under certificateKinds.`,
          ),
        ],
  );
}

function lintFinding({ finding }: Question, path: Path, findings: ReadonlySet<string>): readonly LintMessage[] {
  if (finding === undefined || findings.has(finding)) return [];
  return [
    lintError(
      'unknown-finding',
      [...path, 'finding'],
      `指摘事項「${finding}」は findings に定義されていません。`,
      `The finding "${finding}" is not defined under findings.`,
    ),
  ];
}

/** Certificates are scored by points, so they cannot share a section with weights. */
function lintCertificateSections(questionnaire: Questionnaire): readonly LintMessage[] {
  return questionnaire.sections.flatMap((section, index) => {
    const certificates = section.questions.filter(({ type }) => type === 'certificates').length;
    if (certificates === 0 || certificates === section.questions.length) return [];
    return [
      lintError(
        'mixed-section',
        ['sections', index],
        `セクション「${section.id}」には認証の設問と他の設問が混在しています。分けてください。`,
        `The section "${section.id}" mixes certificates with other questions. Give certificates a section of their own.`,
      ),
    ];
  });
}
