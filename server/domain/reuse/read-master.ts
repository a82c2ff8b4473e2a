/** Reads an answer master from untrusted JSON. What is refused names its place, so that people who edited the file can mend it. */
import { Compile } from 'typebox/compile';
import { isCalendarDate } from '../questionnaire/calendar-date.ts';
import { type Problem, pointer, problem } from '../questionnaire/problem.ts';
import { type AnswerMaster, answerMasterSchema } from './answer-master.ts';

const checked = Compile(answerMasterSchema);
/** Enough to mend; a hostile file can be wrong in a million places. */
const MOST = 20;

/** `today` (YYYY-MM-DD): nothing can have been answered later. */
export function readMaster(
  content: unknown,
  today: string,
): { master: AnswerMaster } | { problems: readonly Problem[] } {
  if (!checked.Check(content)) return { problems: shapeProblems(content) };
  const problems = content.answers.flatMap((answer, index) => [
    ...repeated(content, index),
    ...(isCalendarDate(answer.on) && answer.on <= today ? [] : [wrongDay(pointer('answers', index, 'on'))]),
  ]);
  return problems.length > 0 ? { problems: problems.slice(0, MOST) } : { master: content };
}

/** The library counts from the outside in; an unknown field appears twice there, and a choice of types once per type. */
function shapeProblems(content: unknown): Problem[] {
  const errors = checked.Errors(content).slice(0, MOST * 10);
  const unions = new Set(errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath));
  const found = errors.flatMap((error): Problem[] => {
    const { keyword, instancePath, params } = error;
    const at = (name: string) => `${instancePath}${pointer(name)}`;
    if (keyword === 'additionalProperties')
      return (params.additionalProperties as string[]).map((name) => unknownField(at(name)));
    if (keyword === 'required') return (params.requiredProperties as string[]).map((name) => missingField(at(name)));
    if (keyword === 'anyOf') return [wrongForm(instancePath, keyword)];
    const within = [...unions].some((union) => instancePath === union || instancePath.startsWith(`${union}/`));
    return keyword === 'boolean' || within ? [] : [wrongForm(instancePath, keyword)];
  });
  return found.slice(0, MOST);
}

function repeated({ answers }: AnswerMaster, index: number): Problem[] {
  const { question } = answers[index] ?? {};
  if (answers.findIndex((one) => one.question === question) === index) return [];
  return [
    problem(
      pointer('answers', index, 'question'),
      `設問「${question}」が2回あります。一方を取り除いてください。`,
      `Question "${question}" occurs twice. Remove one of them.`,
    ),
  ];
}

function unknownField(path: string): Problem {
  return problem(
    path,
    'この項目は回答マスタの形式にありません。取り除くか、項目名を直してください。',
    'The format of answer masters has no such field. Remove it, or mend its name.',
  );
}

function missingField(path: string): Problem {
  return problem(path, 'この項目は必須です。書き加えてください。', 'This field is required. Add it.');
}

function wrongForm(path: string, keyword: string): Problem {
  return problem(
    path,
    `値の形式または長さが正しくありません（${keyword}）。形式の定義に合わせて直してください。`,
    `The value is not of the expected form or length (${keyword}). Mend it as the format says.`,
  );
}

function wrongDay(path: string): Problem {
  return problem(
    path,
    '回答日は、今日以前の実在する日をYYYY-MM-DDの形で記載してください。',
    'Give the day of the answer as a real day not after today, written YYYY-MM-DD.',
  );
}
