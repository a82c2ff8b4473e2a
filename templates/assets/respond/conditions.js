/**
 * Which conditional questions show, by the rule engine the server uses and in the words of `respondentRules` on the server: a
 * condition is asked once everything it depends on is known; something hidden or 該当なし hides; わからない shows. The server
 * decides again on every save.
 */
class Answer {
  known = false;
  none = false;
}
class ChoiceAnswer extends Answer {
  value = '';
}
class NumberAnswer extends Answer {
  value = Number.NaN;
}
class ListAnswer extends Answer {
  values = [];
}
class DateAnswer extends Answer {
  value = '';
}
class TextAnswer extends Answer {
  value = '';
}
class CertificatesAnswer extends Answer {
  count = 0n;
}

const common = { known: 'bool', none: 'bool' };
const types = {
  single: [ChoiceAnswer, { value: 'string' }],
  multi: [ListAnswer, { values: 'list<string>' }],
  number: [NumberAnswer, { value: 'double' }],
  date: [DateAnswer, { value: 'string' }],
  text: [TextAnswer, { value: 'string' }],
  certificates: [CertificatesAnswer, { count: 'int' }],
};

/**
 * `answers` maps question ids to { value, naReason } as the API stores them, null for blank; `shown` tells of questions that are
 * no condition's subject. The function gives the set of ids of the conditional questions that show.
 */
export function createConditions(Environment, rules) {
  const environment = new Environment({ unlistedVariablesAreDyn: false });
  for (const [ctor, fields] of Object.values(types)) {
    environment.registerType(ctor.name, { ctor, fields: { ...common, ...fields } });
  }
  for (const { name, type } of rules.variables) environment.registerVariable(name, types[type][0].name);
  const variables = new Map(rules.variables.map((variable) => [variable.questionId, variable]));
  const questions = rules.questions.map((question) => ({ ...question, holds: environment.parse(question.showWhen) }));

  return function shown(answers, isShown = () => true) {
    const result = new Set();
    const conditional = new Set(questions.map(({ questionId }) => questionId));
    const seen = (id) => (conditional.has(id) ? result.has(id) : isShown(id));
    for (const { questionId, dependsOn, holds } of questions) {
      const states = dependsOn.map((id) => (seen(id) ? stateOf(variables.get(id), answers[id]) : 'hidden'));
      if (states.includes('hidden') || states.includes('na') || states.includes('blank')) continue;
      const open = states.includes('unknown');
      if (open || holds(scopeOf(dependsOn, variables, answers)) === true) result.add(questionId);
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

function viewOf(type, value) {
  const view = new types[type][0]();
  view.known = true;
  if (type === 'certificates') view.count = BigInt(value.length);
  else if (value === 'none' && (type === 'multi' || type === 'number')) view.none = true;
  else if (type === 'multi') view.values = value;
  else view.value = type === 'number' ? value : String(value);
  return view;
}
