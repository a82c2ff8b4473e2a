/**
 * The rule language: CEL with one typed variable a question (`-` in its id becomes `_`), the questionnaire's named conditions,
 * and the further variables of the place where a rule stands. Anything else is a type error when the file is linted.
 */
import { Environment } from '@marcbachmann/cel-js';
import { CertificatesAnswer, ListAnswer, NumberAnswer, PreviousAnswers, TextAnswer } from './answer-classes.ts';
import { daysBetween, isCalendarDate, monthsElapsed } from './calendar-date.ts';
import type { Question, Questionnaire, QuestionType } from './questionnaire.ts';

/** Where an expression stands. `visibility` sees values only, so that the same rules can run in the vendor's browser. */
export type Place =
  | 'visibility'
  | 'rule'
  | 'contradiction'
  | 'legal'
  | 'legalRule'
  | 'legalIssue'
  | 'cap'
  | 'judgement'
  | 'duty';

const VALUE_FIELDS = { known: 'bool', none: 'bool' };
const ALL_FIELDS = {
  ...VALUE_FIELDS,
  open: 'bool',
  fails: 'bool',
  validNa: 'bool',
  shortOfEvidence: 'bool',
  evidencePresent: 'bool',
  rejected: 'bool',
};
/** What the answers say, without what evidence or a reviewer says about them: the vendor reads what these rules find. */
const SAID_FIELDS = { ...VALUE_FIELDS, open: 'bool', fails: 'bool', validNa: 'bool', remarked: 'bool' };

type AnswerType = {
  readonly name: string;
  readonly ctor: new (...args: never[]) => object;
  readonly value: Record<string, string>;
  /** Further members where contradictions are looked for. */
  readonly said?: Record<string, string>;
};

const TEXT: AnswerType = {
  name: 'TextAnswer',
  ctor: TextAnswer,
  value: { value: 'string' },
  said: { later: 'bool' },
};
const ANSWER_TYPES: Record<QuestionType, AnswerType> = {
  single: TEXT,
  date: TEXT,
  text: TEXT,
  multi: { name: 'ListAnswer', ctor: ListAnswer, value: { values: 'list<string>' } },
  number: { name: 'NumberAnswer', ctor: NumberAnswer, value: { value: 'double' } },
  certificates: {
    name: 'CertificatesAnswer',
    ctor: CertificatesAnswer,
    value: { count: 'int' },
    said: { kinds: 'list<string>', lapsed: 'list<string>' },
  },
};

/** Variables a place has beside the questions and the conditions; counts are CEL ints (bigint), percentages doubles. */
const PLACE_VARIABLES: Record<Place, Record<string, string>> = {
  visibility: {},
  rule: {},
  contradiction: { today: 'string', previous: PreviousAnswers.name },
  legal: { customerIsEntrustee: 'bool' },
  legalRule: { customerIsEntrustee: 'bool', factors: 'map<string, list<string>>' },
  legalIssue: { legalCode: 'string', claimMismatch: 'bool' },
  cap: { knockouts: 'int', unknownFindings: 'int' },
  judgement: {
    knockouts: 'int',
    unknownFindings: 'int',
    majors: 'int',
    minors: 'int',
    observations: 'int',
    toConfirms: 'int',
    score: 'double',
    coverage: 'double',
    findingStatuses: 'list<string>',
    missingEvidence: 'bool',
    legalCode: 'string',
  },
  duty: { duties: 'map<string, string>', legalCode: 'string' },
};

/** The expression limits keep a pasted monster from stalling the linter; real rules are far below. */
const LIMITS = { maxAstNodes: 1000, maxDepth: 60 };

/** `AUTH-01` is written `AUTH_01` in a rule. */
export function variableOf(questionId: string): string {
  return questionId.replaceAll('-', '_');
}

/**
 * An environment that knows every question, the named conditions and the place's own variables. In `visibility` conditions are
 * written out instead, so that the browser needs none.
 */
export function environmentFor(questionnaire: Questionnaire, place: Place): Environment {
  const environment = new Environment({ unlistedVariablesAreDyn: false, limits: LIMITS });
  registerAnswerTypes(environment, place);
  // The customer's own duties are decided without a look at the vendor's answers.
  const questions = place === 'duty' ? [] : questionnaire.sections.flatMap((section) => section.questions);
  if (place === 'contradiction') registerComparison(environment, questions);
  for (const { id, type } of questions) environment.registerVariable(variableOf(id), ANSWER_TYPES[type].name);
  const conditions = place === 'visibility' || place === 'duty' ? [] : Object.keys(questionnaire.conditions ?? {});
  for (const name of conditions) environment.registerVariable(name, 'bool');
  for (const [name, type] of Object.entries(PLACE_VARIABLES[place])) environment.registerVariable(name, type);
  return environment;
}

function registerAnswerTypes(environment: Environment, place: Place): void {
  const common = commonFields(place);
  for (const { name, ctor, value, said } of new Set(Object.values(ANSWER_TYPES))) {
    const further = place === 'contradiction' ? said : {};
    environment.registerType(name, { ctor, fields: { ...common, ...value, ...further } });
  }
}

function commonFields(place: Place): Record<string, string> {
  if (place === 'visibility') return VALUE_FIELDS;
  return place === 'contradiction' ? SAID_FIELDS : ALL_FIELDS;
}

/** The answers of the submission before, and how far two dates (YYYY-MM-DD) lie apart; NaN where one of them is no date. */
function registerComparison(environment: Environment, questions: readonly Pick<Question, 'id' | 'type'>[]): void {
  const fields = Object.fromEntries(questions.map(({ id, type }) => [variableOf(id), ANSWER_TYPES[type].name]));
  environment.registerType(PreviousAnswers.name, { ctor: PreviousAnswers, fields });
  environment.registerFunction('monthsBetween(string, string): double', (from: string, to: string) =>
    apart(from, to, monthsElapsed),
  );
  environment.registerFunction('daysBetween(string, string): double', (from: string, to: string) =>
    apart(from, to, daysBetween),
  );
}

function apart(from: string, to: string, measure: (from: string, to: string) => number): number {
  if (!isCalendarDate(from) || !isCalendarDate(to)) return Number.NaN;
  return from <= to ? measure(from, to) : -measure(to, from);
}

/** In a contradiction that looks at each of several questions: its answer now, and in the submission before. */
export const EACH_NAMES = { now: 'it', before: 'before' } as const;

/** Names a condition may not take in this place. */
export function reservedNames(): ReadonlySet<string> {
  return new Set(Object.values(PLACE_VARIABLES).flatMap((variables) => Object.keys(variables)));
}
