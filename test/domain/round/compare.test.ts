import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedSubjects } from '../../../server/domain/round/changed-subjects.ts';
import { type AnswerChange, canonical, compareRounds } from '../../../server/domain/round/compare.ts';
import type { SubmittedAnswer, SubmittedAnswers } from '../../../server/domain/round/submitted.ts';

const ids = ['A-1', 'A-2', 'B-1', 'C-1'];
const plan = fc.option(fc.record({ by: fc.constantFrom('2027-03-31', '2027-06-30'), measure: fc.string() }));
const value = fc.oneof(
  fc.constantFrom(null, 'unknown', 'na', 'yes'),
  fc.integer(),
  fc.uniqueArray(fc.constantFrom('x', 'y', 'z')),
  fc.array(fc.record({ kind: fc.constantFrom('ISMS', 'PMARK'), number: fc.string({ maxLength: 3 }) }), {
    minLength: 1,
  }),
);
const sha = fc.constantFrom('a1', 'b2', 'c3');
const answer: fc.Arbitrary<SubmittedAnswer> = fc.record({
  value,
  naReason: fc.constantFrom('', '業務がない'),
  comment: fc.constantFrom('', '補足'),
  plan,
  conditional: fc.option(fc.record({ value: fc.constantFrom('yes', 'no'), condition: fc.string() })),
  withheld: fc.constantFrom('', '閲覧のみ'),
  files: fc.array(sha, { maxLength: 4 }).map((files) => files.sort()),
  evidence: fc.constant([]),
  updatedBy: fc.string(),
  updatedAt: fc.constantFrom('2026-04-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z'),
});
const round: fc.Arbitrary<SubmittedAnswers> = fc
  .array(fc.option(answer), { minLength: ids.length, maxLength: ids.length })
  .map((all) => Object.fromEntries(all.flatMap((one, index) => (one ? [[ids[index] ?? '', one]] : []))));

/** What a change says the other way round. */
function turned({ before, after, addedFiles, removedFiles, ...rest }: AnswerChange): AnswerChange {
  return { ...rest, before: after, after: before, addedFiles: removedFiles, removedFiles: addedFiles };
}

describe('the difference between two rounds', () => {
  it('is empty between a round and itself, whoever saved it last and in whatever order its options came', () => {
    fc.assert(
      fc.property(round, (one) => {
        const saved = Object.entries(one).map(([id, given]) => {
          const chosen = given.value;
          const isChoice = Array.isArray(chosen) && chosen.every((item) => typeof item === 'string');
          const again = isChoice ? ([...chosen].reverse() as readonly string[]) : chosen;
          return [id, { ...given, value: again, updatedBy: '別の人', updatedAt: '2026-09-01T00:00:00.000Z' }] as const;
        });
        expect(compareRounds(ids, one, Object.fromEntries(saved))).toEqual([]);
      }),
    );
  });

  it('says the same in both directions', () => {
    fc.assert(
      fc.property(round, round, (one, other) => {
        expect(compareRounds(ids, other, one)).toEqual(compareRounds(ids, one, other).map(turned));
      }),
    );
  });

  it('names everything that differs and nothing else', () => {
    fc.assert(
      fc.property(round, round, (one, other) => {
        const changes = compareRounds(ids, one, other);
        const named = new Set(changes.map(({ questionId }) => questionId));
        const told = ({ value, naReason, comment, plan, conditional, withheld, files }: SubmittedAnswer) =>
          canonical({ value, naReason, comment, plan, conditional, withheld, files: files.map((file) => ({ file })) });
        for (const id of ids) {
          const [a, b] = [one[id], other[id]];
          if (a && b) expect(named.has(id)).toBe(told(a) !== told(b));
          if (!a && !b) expect(named.has(id)).toBe(false);
        }
        expect(changes.map(({ questionId }) => questionId)).toEqual(ids.filter((id) => named.has(id)));
      }),
    );
  });

  it('accounts for every file', () => {
    fc.assert(
      fc.property(round, round, (one, other) => {
        for (const { before, after, addedFiles, removedFiles } of compareRounds(ids, one, other)) {
          const count = (files: readonly string[] = [], file: string) => files.filter((one) => one === file).length;
          for (const file of ['a1', 'b2', 'c3']) {
            const kept = count(before?.files, file) - count(removedFiles, file);
            expect(count(after?.files, file)).toBe(kept + count(addedFiles, file));
            expect(Math.min(count(removedFiles, file), count(addedFiles, file))).toBe(0);
          }
        }
      }),
    );
  });
});

describe('the subjects a reviewer has to look at again', () => {
  const given = (value: SubmittedAnswer['value'], evidence: SubmittedAnswer['evidence'] = []): SubmittedAnswer => ({
    ...{ value, naReason: '', comment: '', plan: null, conditional: null, withheld: '', evidence },
    ...{ files: evidence.map(({ id }) => `sha of ${id}`).sort(), updatedBy: '田中', updatedAt: '' },
  });
  const changed = (before: SubmittedAnswer, after: SubmittedAnswer) => [
    ...changedSubjects(compareRounds(['Q'], { Q: before }, { Q: after })),
  ];
  const [isms, pmark, soc] = [{ kind: 'ISMS' }, { kind: 'PMARK' }, { kind: 'SOC2' }];

  it('are those whose answer or files changed', () => {
    expect(changed(given('yes'), given('no'))).toEqual(['Q']);
    expect(changed(given('yes', [{ id: '1', subject: 'Q' }]), given('yes', [{ id: '2', subject: 'Q' }]))).toEqual([
      'Q',
    ]);
    expect(changed(given('yes'), { ...given('yes'), comment: '直した' })).toEqual(['Q']);
    expect(changed(given('yes'), given('yes'))).toEqual([]);
  });

  it('are, in a list of certificates, only the records that differ', () => {
    expect(changed(given([isms, pmark]), given([isms, soc]))).toEqual(['Q#2']);
    expect(changed(given([isms, pmark, soc]), given([isms, soc]))).toEqual(['Q#2', 'Q#3']);
    expect(changed(given([isms]), { ...given([isms]), comment: '更新審査中' })).toEqual(['Q']);
    expect(changed(given('unknown'), given([isms]))).toEqual(['Q', 'Q#1']);
    const [old, fresh] = [
      [{ id: '1', subject: 'Q#1' }],
      [...[{ id: '1', subject: 'Q#1' }], { id: '2', subject: 'Q#2' }],
    ];
    expect(changed(given([isms, pmark], old), given([isms, pmark], fresh))).toEqual(['Q#2']);
  });
});
