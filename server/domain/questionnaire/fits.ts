/** Whether an answer fits its question. What does not fit is refused with words that say how to mend it; it never becomes a 0. */
import { addOnProblems, respondentAddOnProblems } from './add-ons.ts';
import type { Answer, AnswerValue } from './answer.ts';
import { isBlank, naRefusal } from './answer-state.ts';
import { isCalendarDate } from './calendar-date.ts';
import { certificateProblems } from './fits-certificates.ts';
import { type Problem, problem } from './problem.ts';
import type { Question } from './questionnaire.ts';

const EVIDENCE_STATES: readonly unknown[] = ['none', 'attached', 'verified', 'rejected', undefined];
const FINE: readonly Problem[] = [];

/** Problems of a value; none for a blank one. Paths start at the value: `''` is the value itself, `/2/expires` inside a list. */
export function fits(question: Question, value: AnswerValue | undefined): readonly Problem[] {
  if (isBlank(question, value)) return FINE;
  if (question.type === 'text') return typeof value === 'string' ? FINE : [wrongType('文字列', 'text')];
  if (value === 'unknown' || value === 'na') return FINE;
  if (value === 'none' && question.none !== undefined) return FINE;
  switch (question.type) {
    case 'single':
      return singleProblems(question, value);
    case 'multi':
      return multiProblems(question, value);
    case 'number':
      return numberProblems(question, value);
    case 'date':
      return isCalendarDate(value)
        ? []
        : [problem('', '日付は実在する日をYYYY-MM-DDの形で入力してください。', 'Give a real date written YYYY-MM-DD.')];
    case 'certificates':
      return certificateProblems(question, value);
  }
}

/** Problems of a whole answer: its value, evidence state, remarks. */
export function answerProblems(question: Question, answer: Answer): readonly Problem[] {
  const misfits = fits(question, answer.value);
  if (misfits.length === 0 && isPlain(answer)) return FINE;
  const found = misfits.map((one) => ({ ...one, path: `/value${one.path}` }));
  if (!EVIDENCE_STATES.includes(answer.evidence)) {
    found.push(
      problem(
        '/evidence',
        '証跡の状態は none、attached、verified、rejected のいずれかです。',
        'The evidence state is none, attached, verified or rejected.',
      ),
    );
  }
  if (isWrong(answer.naReason, 'string')) found.push({ ...wrongType('文字列', 'text'), path: '/naReason' });
  if (isWrong(answer.naRejected, 'boolean'))
    found.push({ ...wrongType('true か false', 'true or false'), path: '/naRejected' });
  if (isWrong(answer.comment, 'string')) found.push({ ...wrongType('文字列', 'text'), path: '/comment' });
  return [...found, ...addOnProblems(question, answer, fits)];
}

/**
 * What a respondent is told before an answer is saved: `answerProblems`, and "not applicable" only where offered and with a reason.
 * `today` (YYYY-MM-DD), where given: a plan has to lie ahead of it.
 */
export function respondentProblems(question: Question, answer: Answer, today = ''): readonly Problem[] {
  const found = [...answerProblems(question, answer), ...respondentAddOnProblems(question, answer, today)];
  if (answer.value !== 'na' || question.type === 'text') return found;
  const refusal = naRefusal(question, answer);
  if (refusal === 'notOffered') {
    found.push(
      problem(
        '/value',
        'この設問では「該当なし」を選べません。選択肢または「わからない」から選んでください。',
        'This question cannot be answered "not applicable". Choose an answer, or "unknown".',
      ),
    );
  } else if (refusal === 'noReason') {
    found.push(
      problem('/naReason', '「該当なし」とする理由を入力してください。', 'Give the reason why this does not apply.'),
    );
  }
  return found;
}

/** The usual answer has nothing but a value and a good evidence state; scoring thousands of them should not build lists. */
function isPlain({ evidence, naReason, naRejected, comment, plan, conditional }: Answer): boolean {
  const remarks = naReason === undefined && naRejected === undefined && comment === undefined;
  return remarks && plan === undefined && conditional === undefined && EVIDENCE_STATES.includes(evidence);
}

function singleProblems(question: Question, value: AnswerValue | undefined): readonly Problem[] {
  if (typeof value !== 'string') return [wrongType('選択肢の値', 'the value of one option')];
  return hasOption(question, value) ? FINE : [unknownOption('', value)];
}

function multiProblems(question: Question, value: AnswerValue | undefined): readonly Problem[] {
  if (!Array.isArray(value)) {
    return typeof value === 'string'
      ? [unknownOption('', value)]
      : [wrongType('選択肢の値の一覧', 'a list of option values')];
  }
  const found: Problem[] = [];
  value.forEach((item, index) => {
    if (typeof item !== 'string' || !hasOption(question, item)) found.push(unknownOption(`/${index}`, item));
  });
  const alone = question.options?.find((option) => option.exclusive === true && value.includes(option.value));
  if (alone !== undefined && value.some((item) => item !== alone.value)) {
    found.push(
      problem(
        '',
        `「${alone.label.ja}」は他の選択肢と同時に選べません。どちらかを外してください。`,
        `"${alone.label.en}" cannot be chosen together with others. Remove one or the other.`,
      ),
    );
  }
  return found;
}

function numberProblems(question: Question, value: AnswerValue | undefined): readonly Problem[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return [wrongType('半角の数値', 'a number')];
  const { minimum, maximum } = question;
  if (question.integer === true && !Number.isInteger(value))
    return [problem('', '整数で入力してください。', 'Give a whole number.')];
  if (minimum !== undefined && value < minimum)
    return [problem('', `${minimum}以上の数値を入力してください。`, `Give a number of ${minimum} or more.`)];
  if (maximum !== undefined && value > maximum)
    return [problem('', `${maximum}以下の数値を入力してください。`, `Give a number of ${maximum} or less.`)];
  return FINE;
}

function hasOption({ options = [] }: Question, value: string): boolean {
  for (const option of options) if (option.value === value) return true;
  return false;
}

function isWrong(value: unknown, type: 'string' | 'boolean'): boolean {
  return value !== undefined && value !== null && typeof value !== type;
}

function unknownOption(path: string, value: unknown): Problem {
  const shown = JSON.stringify(value)?.slice(0, 60);
  return problem(
    path,
    `${shown} はこの設問の選択肢にありません。選択肢から選び直してください。`,
    `${shown} is not an option of this question. Choose one of its options.`,
  );
}

function wrongType(ja: string, en: string): Problem {
  return problem('', `この設問の回答は${ja}で指定してください。`, `The answer to this question has to be ${en}.`);
}
