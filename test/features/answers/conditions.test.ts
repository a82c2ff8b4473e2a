import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadQuestionnaires } from '../../../server/adapters/questionnaire-files.ts';
import type { Answer, AnswerValue } from '../../../server/domain/questionnaire/answer.ts';
import type { Question } from '../../../server/domain/questionnaire/questionnaire.ts';
import { type RespondentRules, respondentRules } from '../../../server/domain/questionnaire/respondent-rules.ts';
import { shownToRespondent } from '../../../server/domain/questionnaire/visibility.ts';

type Conditions = (answers: Record<string, Answer>) => Set<string>;
const script = '../../../templates/assets/respond/conditions.js';
const { createConditions } = (await import(script)) as {
  createConditions(rules: RespondentRules): Conditions;
};

/** Any answer a page could hold, 該当なし only with a reason, as it would be saved. */
function answerTo(question: Question): fc.Arbitrary<Answer> {
  const special: AnswerValue[] = question.type === 'text' ? [null] : [null, 'unknown'];
  if (question.none) special.push('none');
  if (question.notApplicable) special.push('na');
  return fc.oneof({ weight: 2, arbitrary: someValue(question) }, fc.constantFrom(...special)).map((value) => ({
    value,
    ...(value === 'na' ? { naReason: '対象の機能がない' } : {}),
  }));
}

function someValue(question: Question): fc.Arbitrary<AnswerValue> {
  const values = (question.options ?? []).map(({ value }) => value);
  const alone = (question.options ?? []).filter(({ exclusive }) => exclusive).map(({ value }) => value);
  switch (question.type) {
    case 'single':
      return fc.constantFrom(...values);
    case 'multi':
      return fc
        .subarray(values)
        .map((chosen) => (chosen.some((value) => alone.includes(value)) ? chosen.slice(0, 1) : chosen));
    case 'number':
      return fc.integer({ min: Math.max(0, question.minimum ?? 0), max: Math.min(20, question.maximum ?? 20) });
    case 'date':
      return fc.constantFrom('2026-01-31', '2020-12-01');
    case 'text':
      return fc.constantFrom('', '回答');
    case 'certificates':
      return fc.constantFrom([], [{ kind: question.certificateKinds?.[0] ?? '' }]);
  }
}

describe('the page and the server', () => {
  it('show the same questions, whatever was answered', () => {
    for (const { compiled } of loadQuestionnaires().list()) {
      const shownOnPage = createConditions(respondentRules(compiled));
      const conditional = compiled.questions.filter(({ showWhen }) => showWhen).map(({ question }) => question.id);
      const answers = fc.record(
        Object.fromEntries(compiled.questions.map(({ question }) => [question.id, answerTo(question)])),
      );
      let opened = 0;
      fc.assert(
        fc.property(answers, (given) => {
          const onServer = shownToRespondent(compiled, given);
          const expected = conditional.filter((id) => onServer.has(id));
          opened += expected.length;
          expect([...shownOnPage(given)].sort()).toEqual(expected.sort());
        }),
        { numRuns: 400 },
      );
      if (conditional.length > 0) expect(opened).toBeGreaterThan(400);
    }
  });
});
