/** What may stand beside an answer: what holds only under a condition (条件付き), and what is planned (対応予定). Neither is scored. */
import type { Answer, AnswerValue } from './answer.ts';
import { isBlank } from './answer-state.ts';
import { isCalendarDate } from './calendar-date.ts';
import { type Problem, problem } from './problem.ts';
import type { Question } from './questionnaire.ts';

/** Most characters of a condition or a measure. */
export const longestAddOn = 1_000;

type Fits = (question: Question, value: AnswerValue | undefined) => readonly Problem[];

/** Only where a score can depend on it: not facts, texts, dates or lists of certificates. */
export function takesCondition(question: Question): boolean {
  if (question.weight === 0) return false;
  if (question.type === 'single') return question.options?.some(({ score }) => score !== undefined) === true;
  if (question.type === 'multi') return question.multi !== undefined;
  return question.type === 'number' && (question.bands ?? []).length > 0;
}

/** A plan mends a shortcoming, so there has to be something to fall short of. */
export function takesPlan(question: Question): boolean {
  return takesCondition(question) || (question.type === 'date' && question.weight > 0);
}

/** Problems of both add-ons; `fits` checks the conditional value. Paths start at the answer. */
export function addOnProblems(question: Question, answer: Answer, fits: Fits): readonly Problem[] {
  return [...planProblems(question, answer.plan), ...conditionalProblems(question, answer, fits)];
}

/** What is asked of a respondent on top: a day still to come (`today` is YYYY-MM-DD, Asia/Tokyo), and an answer without the condition. */
export function respondentAddOnProblems(question: Question, answer: Answer, today: string): readonly Problem[] {
  const found: Problem[] = [];
  if (answer.plan && isCalendarDate(answer.plan.by) && answer.plan.by <= today) {
    found.push(
      problem(
        '/plan/by',
        '対応予定日は、明日以降の日付を入力してください。すでに対応済みの場合は、回答を更新してください。',
        'Give a date from tomorrow on. If it has been done already, change the answer instead.',
      ),
    );
  }
  if (answer.conditional && isBlank(question, answer.value)) {
    found.push(
      problem(
        '/value',
        '条件付きの回答とあわせて、条件がない場合の現状も回答してください。',
        'Besides the conditional answer, give the answer that holds without the condition.',
      ),
    );
  }
  return found;
}

function planProblems(question: Question, plan: unknown): Problem[] {
  if (plan === undefined || plan === null) return [];
  if (!takesPlan(question)) {
    const en = 'This question takes no plan. Use the comment instead.';
    return [problem('/plan', 'この設問には対応予定を付けられません。補足に記載してください。', en)];
  }
  const shape = shapeProblems('/plan', plan, ['by', 'measure']);
  if (shape.length > 0) return shape;
  const { by, measure } = plan as Record<string, unknown>;
  return [
    ...(isCalendarDate(by)
      ? []
      : [
          problem(
            '/plan/by',
            '対応予定日を入力してください（例：2027-03-31）。',
            'Give the planned date, such as 2027-03-31.',
          ),
        ]),
    ...textProblems('/plan/measure', measure, '予定している対応の内容', 'what is planned'),
  ];
}

function conditionalProblems(question: Question, { value, conditional }: Answer, fits: Fits): Problem[] {
  if (conditional === undefined || conditional === null) return [];
  if (!takesCondition(question)) {
    const en = 'This question takes no conditional answer. Use the comment instead.';
    return [problem('/conditional', 'この設問には条件付きの回答を付けられません。補足に記載してください。', en)];
  }
  const shape = shapeProblems('/conditional', conditional, ['value', 'condition']);
  if (shape.length > 0) return shape;
  return [
    ...conditionalValueProblems(question, conditional.value, value, fits),
    ...textProblems('/conditional/condition', conditional.condition, '条件', 'the condition'),
  ];
}

function conditionalValueProblems(
  question: Question,
  value: AnswerValue,
  base: Answer['value'],
  fits: Fits,
): Problem[] {
  const path = '/conditional/value';
  if (isBlank(question, value) || value === 'unknown' || value === 'na') {
    return [
      problem(path, '条件を満たす場合の回答を選んでください。', 'Give the answer that holds under the condition.'),
    ];
  }
  const misfits = fits(question, value).map((one) => ({ ...one, path: `${path}${one.path}` }));
  if (misfits.length > 0 || !isSame(value, base)) return misfits;
  return [
    problem(
      path,
      '条件を満たす場合の回答が、条件がない場合の回答と同じです。違う回答を選ぶか、条件付きの欄を空にしてください。',
      'The answer under the condition is the same as without it. Choose a different one, or empty the conditional part.',
    ),
  ];
}

/** Equal answers; the order of a list and repeats in it say nothing. */
function isSame(one: AnswerValue, other: Answer['value']): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  const [a, b] = [new Set<unknown>(one), new Set<unknown>(other)];
  return a.size === b.size && [...a].every((item) => b.has(item));
}

function shapeProblems(path: string, value: unknown, members: readonly string[]): Problem[] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject && Object.keys(value).every((name) => members.includes(name))) return [];
  const names = members.join(', ');
  return [problem(path, `${names} だけを持つオブジェクトで指定してください。`, `Give an object with ${names} only.`)];
}

function textProblems(path: string, text: unknown, ja: string, en: string): Problem[] {
  if (typeof text !== 'string' || text.trim() === '') {
    return [problem(path, `${ja}を入力してください。`, `Say ${en}.`)];
  }
  if (text.length <= longestAddOn) return [];
  return [
    problem(path, `${ja}は${longestAddOn}文字以内で入力してください。`, `Use at most ${longestAddOn} characters.`),
  ];
}
