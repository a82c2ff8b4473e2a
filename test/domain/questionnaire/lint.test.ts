import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkQuestionnaire, questionnaireFiles } from '../../../server/adapters/questionnaire-files.ts';

const small = readFileSync(new URL('../../fixtures/small-questionnaire.yaml', import.meta.url), 'utf8');

/** The small file with one thing broken: rule, what stands there, what is put in its place, text the message must hold. */
type Break = readonly [string, string, string, RegExp];

const breaks: readonly Break[] = [
  ['yaml', 'weight: 90', 'weight: 90\n    weight: 90', /unique/],
  ['yaml', 'id: small', 'id: small: er', /YAML/],
  ['alias', 'LAW-1, label', '&law LAW-1, url: *law, label', /Aliases/],
  ['unquoted-boolean', 'value: "no"', 'value: no', /quotation marks/],
  ['unquoted-boolean', 'en: "Yes"', 'en: Yes', /quotation marks/],
  ['schema', 'audience: vendor', 'audience: vendors', /vendor, customer/],
  ['schema', 'minimum: 0', 'minimun: 0', /no field "minimun"/],
  ['schema', '    open: toConfirm\n', '', /"open" is missing/],
  ['schema', 'integer: true', 'integer: "true"', /true/],
  ['schema', 'score: 0.5', 'score: 5', /fit/],
  ['schema', '{ lt: 2, score: 0.5 }', '{ lt: 2, gt: 1, score: 0.5 }', /fit/],
  ['schema', 'en: Is it locked? }', '}', /"en" is missing/],
  ['duplicate-id', 'id: Q-2', 'id: Q-1', /used twice/],
  ['duplicate-id', 'value: guard', 'value: staff', /used twice/],
  ['confusable-id', 'value: guard', 'value: STAFF', /looks like/],
  ['confusable-id', 'id: PAPERS', 'id: MA1N', /looks like/],
  ['reserved-name', '  locked: ', "  knockouts: 'Q_1.known'\n  locked: ", /already means/],
  ['reserved-name', 'id: Q-3', 'id: score', /already means/],
  ['missing-language', 'en: Lock it.', 'en: "  "', /en text is empty/],
  ['untranslated', 'en: Lock it.', 'en: ロックする', /contains Japanese/],
  ['misplaced-part', 'minimum: 0', 'minimum: 0\n        certificateKinds: [SEAL]', /cannot have certificateKinds/],
  ['empty-range', 'minimum: 0', 'minimum: 5\n        maximum: 4', /above the maximum/],
  ['special-value', 'value: guard', 'value: unknown', /meaning of its own/],
  ['special-value', 'value: guard', 'value: none', /meaning of its own/],
  ['unknown-certificate-kind', 'certificateKinds: [SEAL]', 'certificateKinds: [STAMP]', /"STAMP" is not defined/],
  ['unknown-certificate-kind', 'points: 1', 'points: 1, extends: STAMP', /"STAMP" is not defined/],
  ['unknown-finding', 'finding: K1', 'finding: K9', /"K9" is not defined/],
  [
    'mixed-section',
    '  - id: PAPERS\n    weight: 10\n    title: { ja: 証書, en: Papers }\n    questions:\n',
    '',
    /section of their own/,
  ],
  ['unscorable', 'type: certificates\n        weight: 0', 'type: certificates\n        weight: 1', /cannot be scored/],
  ['option-without-score', '"Yes" }, score: 1', '"Yes" }', /no score/],
  ['option-without-score', 'en: None }, score: 0 }', 'en: None } }', /no score/],
  ['no-score', 'multi: { mode: fraction, of: 2 }', '', /no way to score/],
  [
    'no-score',
    'bands:\n          - { gte: 2, score: 1 }\n          - { lt: 2, score: 0.5 }',
    'bands: []',
    /no way to score/,
  ],
  [
    'no-options',
    '        options:\n          - { value: staff, label: { ja: 従業者, en: Staff } }\n          - { value: guard, label: { ja: 警備会社, en: A security company } }\n',
    '',
    /no options/,
  ],
  ['no-certificate-kinds', '        certificateKinds: [SEAL]\n', '', /no certificate kinds/],
  ['scored-fact', 'finding: K1', 'finding: K1\n        legalFact: true', /weight 0/],
  ['unreachable-band', '- { lt: 2, score: 0.5 }', '- { gte: 3, score: 0.5 }', /never reached/],
  ['syntax', "'Q_2.value > 0.0'", "'Q_2.value >'", /cannot be read/],
  ['type', "'Q_2.value > 0.0'", "'Q_9.value > 0.0'", /"Q_9" is neither/],
  ['type', "'Q_2.value > 0.0'", "'Q_2.value == 0'", /0\.0 instead of 0/],
  ['type', "'Q_2.value > 0.0'", "'Q_1.fails'", /may only read value/],
  ['type', "'Q_2.value > 0.0'", "'Q_1.value > 0.0'", /types do not fit/],
  ['type', "'knockouts >= 1', max", "'score >= 1.0', max", /"score" is neither/],
  ['result-type', "'Q_2.value > 0.0'", "'Q_2.value'", /gives double/],
  ['result-type', 'confidence: \'"high"\'', "confidence: 'true'", /gives bool/],
  ['condition-cycle', 'locked: \'Q_1.value == "yes"\'', "locked: 'guarded'", /in a circle/],
  ['unknown-literal', '\'Q_1.value == "no"\'', '\'Q_1.value == "nope"\'', /"nope" is not among Q-1/],
  ['unknown-literal', '\'Q_1.value == "no"\'', '\'Q_1.value in ["no", "nope"]\'', /"nope"/],
  ['unknown-literal', '\'Q_1.value == "no"\'', '\'"nobody" in Q_3.values\'', /"nobody" is not among Q-3/],
  [
    'unknown-literal',
    '\'Q_1.value == "no"\'',
    '\'Q_3.values.exists(who, who == "nobody")\'',
    /"nobody" is not among Q-3/,
  ],
  ['unknown-literal', 'factors.open', 'factors.opened', /"opened" is not among legal.factorGroups/],
  ['unknown-literal', 'factors.open.size() > 0', '"LOCKED" in factors.open', /"LOCKED" is not among factors.open/],
  ['unknown-literal', 'legalCode == "OPEN"', 'legalCode == "OPENED"', /"OPENED" is not among legal.rules/],
  ['unknown-literal', 'duties["DUTY-1"]', 'duties["DUTY-2"]', /"DUTY-2" is not among customerDuties.duties/],
  ['unguarded', '\'Q_1.value == "no"\'', '\'Q_1.value != "yes"\'', /Q_1\.known/],
  ['unreachable', "showWhen: 'locked'", 'showWhen: \'locked && Q_1.value == "no"\'', /No answer ever shows Q-2/],
  ['unreachable', "'Q_2.value > 0.0'", "'Q_2.value < 0.0'", /No answer ever shows Q-3/],
  ['unreachable', "'Q_2.value > 0.0'", "'1 > 2'", /No answer ever shows Q-3/],
  ['cycle', "showWhen: 'locked'", 'showWhen: \'locked || "staff" in Q_3.values\'', /leads back to itself/],
  ['section-weights', 'weight: 90', 'weight: 80', /add up to 90/],
  [
    'no-last-row',
    '      - { status: pass }\n    conclusions:\n      fail: { ja: 施錠',
    '    conclusions:\n      fail: { ja: 施錠',
    /last row/,
  ],
  [
    'no-last-row',
    ', overlays: false, text: { ja: 閉鎖',
    ", when: 'Q_1.known', overlays: false, text: { ja: 閉鎖",
    /last row/,
  ],
  ['unreachable-row', "{ status: unknown, when: 'Q_1.open' }", '{ status: unknown }', /never reached/],
  [
    'no-conclusion',
    '      unverified: { ja: 証跡が未確認である。, en: The evidence is not confirmed. }\n',
    '',
    /"unverified"/,
  ],
  ['no-conclusion', '    pass: { ja: 確認済み。, en: Checked. }\n', '', /"pass"/],
  [
    'step-order',
    '[{ grade: A, min: 80 }, { grade: E, min: 0 }]',
    '[{ grade: E, min: 0 }, { grade: A, min: 80 }, { grade: B, min: 0 }]',
    /highest to the lowest/,
  ],
  ['no-last-step', '{ grade: E, min: 0 }', '{ grade: E, min: 10 }', /min: 0/],
  ['unlisted-reference', 'references: [LAW-1]', 'references: [LAW-2]', /"LAW-2" is not listed/],
  ['unknown-question', 'row: [Q-1]', 'row: [Q-1, Q-7]', /no question "Q-7"/],
  ['unknown-question', 'restsOn: [Q-1]', 'restsOn: [Q-7]', /no question "Q-7"/],
  ['duplicate-id', 'id: unlocked-keys', 'id: no-guard', /used twice/],
  ['reserved-name', '  locked: ', "  it: 'Q_1.known'\n  locked: ", /already means/],
  ['missing-language', 'en: Who is right?', 'en: " "', /en text is empty/],
  ['schema', '    remedy: { ja: 数え直す。, en: Count again. }\n', '', /"remedy" is missing/],
  ['type', "'Q_1.fails && Q_2.value > 0.0'", "'Q_1.fails && Q_9.value > 0.0'", /"Q_9" is neither/],
  ['type', "'Q_1.fails && Q_2.value > 0.0'", "'Q_1.rejected && Q_2.value > 0.0'", /types do not fit/],
  ['type', "'previous.Q_3.known", "'previous.Q_9.known", /types do not fit/],
  ['type', '!it.remarked', 'monthsBetween(today) > 1.0', /types do not fit/],
  ['syntax', "'Q_1.fails && Q_2.value > 0.0'", "'Q_1.fails &&'", /cannot be read/],
  ['syntax', "'before.known && it.known", "'before.known && && it.known", /cannot be read/],
  ['result-type', "'Q_1.fails && Q_2.value > 0.0'", "'Q_2.value'", /gives double/],
  ['unknown-literal', '"guard" in previous.Q_3.values', '"cat" in previous.Q_3.values', /"cat" is not among Q-3/],
  ['unknown-question', 'questions: [Q-2, Q-1]', 'questions: [Q-2, Q-1, Q-7]', /no question "Q-7"/],
  ['unknown-question', 'each: [Q-1, Q-2]', 'each: [Q-1, Q-7]', /no question "Q-7"/],
  ['unknown-finding', 'finding: K1, message', 'finding: K9, message', /"K9" is not defined/],
  ['unlisted-question', 'questions: [Q-2, Q-1]', 'questions: [Q-2]', /reads Q-1, which is not listed/],
  ['unlisted-question', 'questions: [Q-3]', 'questions: [Q-1]', /reads Q-3, which is not listed/],
  ['contradiction-place', 'questions: [Q-3], ', '', /either under questions .* or under each/],
  [
    'contradiction-place',
    'questions: [Q-3]',
    'each: [Q-3], questions: [Q-3]',
    /either under questions .* or under each/,
  ],
  [
    'never-holds',
    "'Q_1.fails && Q_2.value > 0.0'",
    "'Q_1.fails && Q_1.open && Q_2.value > 0.0'",
    /Correct its condition/,
  ],
  ['never-holds', "'Q_1.fails && Q_2.value > 0.0'", "'Q_1.fails && Q_2.value < 0.0'", /Correct its condition/],
  ['never-holds', '&& !("guard" in Q_3.values)', '&& Q_3.known && Q_3.validNa', /Correct its condition/],
  ['never-holds', "'before.known && it.known", "'before.known && it.known && it.open", /Correct its condition/],
  ['unknown-factor', 'factors: [open]', 'factors: [open, closed]', /no factor group "closed"/],
  ['unknown-factor', 'code: CLOSED', 'code: CLOSED, factorWhenNone: NOTHING', /no factor "NOTHING"/],
];

describe('the linter', () => {
  it('finds nothing in the small file and in every published one', () => {
    expect(checkQuestionnaire(small).messages).toEqual([]);
    const files = questionnaireFiles();
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      expect(checkQuestionnaire(readFileSync(file, 'utf8')).messages.filter(({ level }) => level === 'error')).toEqual(
        [],
      );
    }
  });

  for (const [rule, before, after, says] of breaks) {
    it(`${rule}: ${after.split('\n')[0]?.trim() || `without ${before.trim().slice(0, 30)}`}`, () => {
      expect(small).toContain(before);
      const broken = small.replace(before, () => after);
      const found = checkQuestionnaire(broken).messages.filter((message) => message.rule === rule);
      expect(found.length).toBeGreaterThan(0);
      expect(found.map(({ message }) => message.en).join(' ')).toMatch(says);
      for (const { message } of found) expect(message.ja).not.toBe('');
    });
  }

  it('covers every rule it has', () => {
    const sources = [
      'citations',
      'contradictions',
      'expressions',
      'ids',
      'literals',
      'questions',
      'question-scoring',
      'reachability',
      'tables',
      'texts',
    ];
    const text = sources
      .map((name) =>
        readFileSync(new URL(`../../../server/domain/questionnaire/lint/${name}.ts`, import.meta.url), 'utf8'),
      )
      .join('\n');
    const rules = [...text.matchAll(/lint(?:Error|Warning)\(\s*'([a-z-]+)'/g)].map(([, rule]) => rule);
    expect(rules.length).toBeGreaterThan(30);
    expect(new Set(breaks.map(([rule]) => rule))).toEqual(
      new Set([...rules, 'yaml', 'alias', 'unquoted-boolean', 'schema']),
    );
  });

  it('says where: the line of the thing itself, or of what lacks it', () => {
    const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
    const wrongType = small.replace('Q_2.value > 0.0', 'Q_9.value > 0.0');
    expect(checkQuestionnaire(wrongType).messages[0]).toMatchObject({
      line: lineOf(wrongType, 'Q_9.value'),
      column: 19,
    });
    const misspelt = small.replace('minimum: 0', 'minimun: 0');
    expect(checkQuestionnaire(misspelt).messages[0]).toMatchObject({ line: lineOf(misspelt, 'minimun'), column: 18 });
    const unquoted = small.replace('value: "no"', 'value: no');
    expect(checkQuestionnaire(unquoted).messages[0]).toMatchObject({ line: lineOf(unquoted, 'value: no'), path: [] });
  });

  it('gives no questionnaire while there is an error, and gives it with warnings alone', () => {
    expect(checkQuestionnaire(small.replace('weight: 90', 'weight: 80')).questionnaire).toBeUndefined();
    const warned = checkQuestionnaire(small.replace('en: Lock it.', 'en: ロックする'));
    expect(warned.messages).toHaveLength(1);
    expect(warned.questionnaire?.id).toBe('small');
  });

  it('reads neither arbitrary text nor a hostile file without a message', () => {
    for (const text of ['', '- 1', 'null', '"text"', 'a: !!js/function "x"', `a: ${'['.repeat(500)}`]) {
      expect(checkQuestionnaire(text).messages.length).toBeGreaterThan(0);
    }
  });
});
