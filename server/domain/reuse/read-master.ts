/** Reads an answer master from untrusted JSON. What is refused names its place, so that people who edited the file can mend it. */
import { isCalendarDate } from '../questionnaire/calendar-date.ts';
import { type Problem, pointer, problem } from '../questionnaire/problem.ts';
import { type AnswerMaster, answerMasterSchema } from './answer-master.ts';
import { type Shape, shapeProblems } from './shape-problems.ts';

/** Enough to mend. */
const MOST = 20;

/** `today` (YYYY-MM-DD): nothing can have been answered later. */
export function readMaster(
  content: unknown,
  today: string,
): { master: AnswerMaster } | { problems: readonly Problem[] } {
  const misshapen = shapeProblems(answerMasterSchema as Shape, content)
    .take(MOST)
    .toArray();
  if (misshapen.length > 0) return { problems: misshapen };
  const master = content as AnswerMaster;
  const problems = [...repeated(master), ...wrongDays(master, today)];
  return problems.length > 0 ? { problems: problems.slice(0, MOST) } : { master };
}

function repeated({ answers }: AnswerMaster): Problem[] {
  const met = new Set<string>();
  return answers.flatMap(({ question }, index) => {
    const isNew = !met.has(question);
    met.add(question);
    return isNew ? [] : [twice(pointer('answers', index, 'question'), question)];
  });
}

function wrongDays({ answers }: AnswerMaster, today: string): Problem[] {
  return answers.flatMap(({ on }, index) =>
    isCalendarDate(on) && on <= today ? [] : [wrongDay(pointer('answers', index, 'on'))],
  );
}

function twice(path: string, question: string): Problem {
  return problem(
    path,
    `設問「${question}」が2回あります。一方を取り除いてください。`,
    `Question "${question}" occurs twice. Remove one of them.`,
  );
}

function wrongDay(path: string): Problem {
  return problem(
    path,
    '回答日は、今日以前の実在する日をYYYY-MM-DDの形で記載してください。',
    'Give the day of the answer as a real day not after today, written YYYY-MM-DD.',
  );
}
