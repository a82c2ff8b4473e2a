/**
 * Which conditional questions show, by conditions the server sends as data and in the words of `respondentRules` there: a
 * condition is asked once everything it depends on is known; something hidden or 該当なし hides; わからない shows. The server
 * decides again on every save.
 */

/**
 * `answers` maps question ids to { value, naReason } as the API stores them, null for blank; `shown` tells of questions that are
 * no condition's subject. The function gives the set of ids of the conditional questions that show.
 */
export function createConditions({ variables: read, questions }) {
  const variables = new Map(read.map((variable) => [variable.questionId, variable]));

  return function shown(answers, isShown = () => true) {
    const result = new Set();
    const conditional = new Set(questions.map(({ questionId }) => questionId));
    const seen = (id) => (conditional.has(id) ? result.has(id) : isShown(id));
    for (const { questionId, dependsOn, holds } of questions) {
      const states = dependsOn.map((id) => (seen(id) ? stateOf(variables.get(id), answers[id]) : 'hidden'));
      if (states.includes('hidden') || states.includes('na') || states.includes('blank')) continue;
      const open = states.includes('unknown');
      if (open || said(holds, scopeOf(dependsOn, variables, answers)) === true) result.add(questionId);
    }
    return result;
  };
}

function stateOf({ type }, answer) {
  const value = answer?.value ?? null;
  if (value === null || value === '') return 'blank';
  if (type === 'multi' && Array.isArray(value) && value.length === 0) return 'blank';
  if (type === 'text') return 'known';
  if (value === 'unknown') return 'unknown';
  if (value === 'na') return (answer.naReason ?? '').trim() === '' ? 'unknown' : 'na';
  return 'known';
}

function scopeOf(dependsOn, variables, answers) {
  const scope = {};
  for (const id of dependsOn) {
    const { name, type } = variables.get(id);
    scope[name] = viewOf(type, answers[id].value);
  }
  return scope;
}

/** As `knownView` on the server: none is no value, and no number is not a number. */
function viewOf(type, value) {
  const none = value === 'none' && ['multi', 'number', 'date'].includes(type);
  if (type === 'certificates') return { known: true, none, count: value.length };
  if (type === 'multi') return { known: true, none, values: none ? [] : value };
  if (type === 'number') return { known: true, none, value: none ? Number.NaN : value };
  return { known: true, none, value: none ? '' : String(value) };
}

const operators = {
  '!': (a) => !a,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  in: (a, b) => b.includes(a),
  size: (a) => a.length,
};

/** What a condition says of the answers; see `ConditionTree` on the server. */
function said([op, ...parts], scope, items = {}) {
  const value = (part) => said(part, scope, items);
  if (op === 'lit') return parts[0];
  if (op === 'get') return scope[parts[0]][parts[1]];
  if (op === 'item') return items[parts[0]];
  if (op === '&&') return value(parts[0]) && value(parts[1]);
  if (op === '||') return value(parts[0]) || value(parts[1]);
  if (op === '?:') return value(parts[0]) ? value(parts[1]) : value(parts[2]);
  if (op !== 'exists' && op !== 'all') return operators[op](...parts.map(value));
  const [list, name, body] = parts;
  const holds = (item) => said(body, scope, { ...items, [name]: item });
  return op === 'exists' ? value(list).some(holds) : value(list).every(holds);
}
