/** The condition of a question in people's words, for whoever reads a questionnaire on paper, where nothing hides itself. */
import type { CompiledQuestion, CompiledQuestionnaire } from './compile.ts';
import { type ConditionTree, conditionTree } from './condition-tree.ts';
import type { Localized, Question } from './questionnaire.ts';

/** By the name of the question in rules. */
type Asked = ReadonlyMap<string, Question>;

/**
 * Fits before 「場合」 and after "if": `AB-01が「はい」である`, `AB-01 is “Yes”`. null for a question that is always asked. A
 * condition that cannot be told in words, or rests on a question that is not in `own`, only names the questions it depends on.
 */
export function conditionWords(
  compiled: CompiledQuestionnaire,
  { showWhen }: Pick<CompiledQuestion, 'showWhen'>,
  own?: ReadonlySet<string>,
): Localized | null {
  if (showWhen === null) return null;
  const ids = showWhen.dependsOn.map(({ question }) => question.id);
  const asked: Asked = new Map(compiled.questions.map(({ variable, question }) => [variable, question]));
  const tree = ids.every((id) => own?.has(id) ?? true) ? conditionTree(showWhen.expression) : null;
  const words = tree && wordsOf(tree, asked);
  if (words) return words;
  return { ja: `${ids.join('、')}の回答が所定の内容である`, en: `the answer to ${ids.join(', ')} calls for it` };
}

/** null where there are no words for it. */
function wordsOf(tree: ConditionTree, asked: Asked): Localized | null {
  const [operator, ...parts] = tree as readonly [string, ...ConditionTree[]];
  const [first, second] = parts;
  switch (operator) {
    case '&&':
    case '||':
      return joined(operator, parts, asked);
    case 'in':
      return containedWords(first, second, asked);
    case 'exists':
      return existsWords(tree, asked);
    case 'get':
      return memberWords(tree, asked);
    default:
      return comparedWords(operator, first, second, asked);
  }
}

function joined(operator: '&&' | '||', parts: readonly ConditionTree[], asked: Asked): Localized | null {
  const words = parts.map((part) => {
    const one = wordsOf(part, asked);
    const needsBrackets = operator === '&&' && part[0] === '||';
    return one && needsBrackets ? { ja: `（${one.ja}）`, en: `(${one.en})` } : one;
  });
  if (!words.every((one) => one !== null)) return null;
  const [ja, en] = operator === '&&' ? ['、かつ', ' and '] : ['、または', ' or '];
  return { ja: words.map((one) => one.ja).join(ja), en: words.map((one) => one.en).join(en) };
}

/** `X.value in ["a", "b"]`, `"a" in X.values`. */
function containedWords(
  item: ConditionTree | undefined,
  list: ConditionTree | undefined,
  asked: Asked,
): Localized | null {
  const one = questionOf(item, 'value', asked);
  if (one) return isOneOf(one, textsOf(list));
  const many = questionOf(list, 'values', asked);
  return many ? hasOneOf(many, textsOf(item)) : null;
}

/** `X.values.exists(v, v in ["a", "b"])` and `… v == "a"`. */
function existsWords(tree: ConditionTree, asked: Asked): Localized | null {
  const [, list, , body] = tree as readonly ['exists', ConditionTree, string, ConditionTree];
  const question = questionOf(list, 'values', asked);
  const [operator, item, values] = body as readonly [string, ConditionTree | undefined, ConditionTree | undefined];
  if (!question || item?.[0] !== 'item' || (operator !== 'in' && operator !== '==')) return null;
  return hasOneOf(question, textsOf(values));
}

function memberWords(tree: ConditionTree, asked: Asked): Localized | null {
  const none = questionOf(tree, 'none', asked);
  if (none?.none) return isOneOf(none, ['none']);
  const known = questionOf(tree, 'known', asked);
  return known ? { ja: `${known.id}に回答した`, en: `${known.id} has been answered` } : null;
}

const comparisons: Readonly<Record<string, Localized>> = {
  '>': { ja: 'を超える', en: 'more than' },
  '>=': { ja: '以上である', en: 'at least' },
  '<': { ja: '未満である', en: 'less than' },
  '<=': { ja: '以下である', en: 'at most' },
};

function comparedWords(
  operator: string,
  left: ConditionTree | undefined,
  right: ConditionTree | undefined,
  asked: Asked,
): Localized | null {
  const question = questionOf(left, 'value', asked);
  if (!question || right?.[0] !== 'lit') return null;
  if (operator === '==') return isOneOf(question, textsOf(right));
  if (operator === '!=') return isNot(question, textsOf(right));
  const words = comparisons[operator];
  const { id, unit } = question;
  if (!words) return null;
  const amount = { ja: `${right[1]}${unit?.ja ?? ''}`, en: [right[1], unit?.en].filter((one) => one !== undefined) };
  return { ja: `${id}が${amount.ja}${words.ja}`, en: `${id} is ${words.en} ${amount.en.join(' ')}` };
}

function isOneOf(question: Question, values: readonly string[]): Localized | null {
  const { ja, en } = quoted(question, values);
  if (values.length === 0) return null;
  const more = values.length > 1;
  return { ja: `${question.id}が${ja}${more ? 'のいずれか' : ''}である`, en: `${question.id} is ${en}` };
}

function isNot(question: Question, values: readonly string[]): Localized | null {
  const { ja, en } = quoted(question, values);
  return values.length === 1 ? { ja: `${question.id}が${ja}以外である`, en: `${question.id} is not ${en}` } : null;
}

function hasOneOf(question: Question, values: readonly string[]): Localized | null {
  const { ja, en } = quoted(question, values);
  if (values.length === 0) return null;
  return {
    ja: `${question.id}で${ja}${values.length > 1 ? 'のいずれか' : ''}を選択した`,
    en: `${en} is chosen in ${question.id}`,
  };
}

function quoted({ options, none }: Question, values: readonly string[]): Localized {
  const labels = values.map((value) => {
    const label = value === 'none' && none ? none.label : options?.find((option) => option.value === value)?.label;
    return label ?? { ja: value, en: value };
  });
  return { ja: labels.map(({ ja }) => `「${ja}」`).join(''), en: labels.map(({ en }) => `“${en}”`).join(' or ') };
}

function questionOf(tree: ConditionTree | undefined, member: string, asked: Asked): Question | undefined {
  return tree?.[0] === 'get' && tree[2] === member ? asked.get(tree[1]) : undefined;
}

/** The texts of a literal or of a list of them; none where there is anything else. */
function textsOf(tree: ConditionTree | undefined): string[] {
  if (tree?.[0] !== 'lit') return [];
  const values: readonly unknown[] = Array.isArray(tree[1]) ? tree[1] : [tree[1]];
  return values.every((value) => typeof value === 'string') ? [...values] : [];
}
