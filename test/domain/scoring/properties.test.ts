import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Answers } from '../../../server/domain/questionnaire/answer.ts';
import type { Option, Question } from '../../../server/domain/questionnaire/questionnaire.ts';
import { visibility } from '../../../server/domain/questionnaire/visibility.ts';
import { evaluate } from '../../../server/domain/scoring/evaluate.ts';
import type { Case, Evaluation } from '../../../server/domain/scoring/evaluation.ts';
import { best, jp, score } from '../cases.ts';
import { arbitraryAnswers, arbitraryCase, arbitraryValue } from './arbitrary-answers.ts';

const RUNS = 700;
const questions = jp.questions.map(({ question }) => question);
const gates = new Set(
  jp.questions.flatMap(({ showWhen }) => showWhen?.dependsOn.map(({ question }) => question.id) ?? []),
);
const open = questions.filter(({ id, type }) => !gates.has(id) && type === 'single');

function change(input: Case, answers: Answers): Case {
  return { ...input, answers };
}
function without(answers: Answers, ids: ReadonlySet<string>): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !ids.has(id)));
}
function hiddenIds({ answers, asOf }: Case): ReadonlySet<string> {
  return new Set([...visibility(jp, answers, asOf)].flatMap(([id, shown]) => (shown === 'hidden' ? [id] : [])));
}
function said(evaluation: Evaluation): string {
  return JSON.stringify(evaluation);
}
/** Worth of an option; a fact is worth nothing more than another. */
function worth({ score: points }: Option): number {
  return points ?? 0;
}

describe('for any answers', () => {
  it('(a) a better answer to a question that gates nothing never lowers raw', () => {
    fc.assert(
      fc.property(arbitraryCase(), fc.constantFrom(...open), fc.nat(), fc.nat(), (input, question, first, second) => {
        const options = [...(question.options ?? [])];
        const [low, high] = [options[first % options.length]!, options[second % options.length]!].sort(
          (a, b) => worth(a) - worth(b),
        );
        const give = (value: string) =>
          change(input, { ...input.answers, [question.id]: { evidence: 'verified', value } });
        expect(evaluate(jp, give(high!.value)).raw).toBeGreaterThanOrEqual(evaluate(jp, give(low!.value)).raw);
      }),
      { numRuns: RUNS },
    );
  });

  it('(a) neither does answering what was left open', () => {
    fc.assert(
      fc.property(arbitraryCase(), fc.constantFrom(...open), fc.nat(), (input, question, pick) => {
        const options = question.options ?? [];
        const answers = { ...input.answers, [question.id]: { value: options[pick % options.length]!.value } };
        const silent = evaluate(jp, change(input, without(answers, new Set([question.id]))));
        expect(evaluate(jp, change(input, answers)).raw).toBeGreaterThanOrEqual(silent.raw);
      }),
      { numRuns: RUNS },
    );
  });

  it('(b) what is said about hidden questions changes nothing', () => {
    fc.assert(
      fc.property(arbitraryCase(), arbitraryAnswers(), (input, others) => {
        const hidden = hiddenIds(input);
        const bare = change(input, without(input.answers, hidden));
        const noise = Object.fromEntries(Object.entries(others).filter(([id]) => hidden.has(id)));
        const plain = said(evaluate(jp, bare));
        expect(said(evaluate(jp, change(input, { ...bare.answers, ...noise })))).toBe(plain);
        expect(said(evaluate(jp, input))).toBe(plain);
      }),
      { numRuns: RUNS },
    );
  });

  it('(c) a knock-out never conforms, and the caps hold', () => {
    fc.assert(
      fc.property(arbitraryCase(), (input) => {
        const { knockouts, judgement, score: points, raw, findings } = evaluate(jp, input);
        if (knockouts.length > 0) expect(judgement).toBe('nonconform');
        if (knockouts.length > 1) expect(points).toBeLessThanOrEqual(39);
        else if (knockouts.length === 1) expect(points).toBeLessThanOrEqual(54);
        else if (Object.values(findings).includes('unknown')) expect(points).toBeLessThanOrEqual(69);
        else expect(points).toBe(raw);
        expect(points).toBeLessThanOrEqual(raw);
        expect(raw).toBeGreaterThanOrEqual(0);
        expect(raw).toBeLessThanOrEqual(100);
      }),
      { numRuns: RUNS },
    );
  });

  it('(d) the exception is never likely where personal data was handled', () => {
    fc.assert(
      fc.property(arbitraryAnswers(), fc.constantFrom(0, 1, 7), (answers, handled) => {
        const base = {
          ...best,
          ...without(
            answers,
            new Set(['CEX-02', 'CEX-03', 'CEX-04', 'CEX-06', 'MNT-01', 'DATA-01', 'CEX-01', 'SUB-01']),
          ),
        };
        const result = score({ ...base, 'CEX-05': { value: handled, evidence: 'verified' } });
        expect(result.legal?.code).toBe(handled > 0 ? 'ENTRUSTMENT' : 'EXCEPTION_LIKELY');
      }),
      { numRuns: RUNS },
    );
    fc.assert(
      fc.property(arbitraryCase(), (input) => {
        const { legal } = evaluate(jp, input);
        if (Number(input.answers['CEX-05']?.value) > 0) expect(legal?.code).not.toBe('EXCEPTION_LIKELY');
      }),
      { numRuns: RUNS },
    );
  });

  it('(e) the same input gives the same JSON, in whatever order the answers come', () => {
    fc.assert(
      fc.property(arbitraryCase(), (input) => {
        const turned = change(input, Object.fromEntries(Object.entries(input.answers).reverse()));
        const before = JSON.stringify(input);
        expect(said(evaluate(jp, structuredClone(turned)))).toBe(said(evaluate(jp, input)));
        expect(JSON.stringify(input)).toBe(before);
      }),
      { numRuns: RUNS },
    );
  });

  it('(f) a certificate is lost on the day after it expires', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.constantFrom('ISMS', 'PMARK'), (days, kind) => {
        const on = (offset: number) => new Date(Date.UTC(2024, 0, 1 + days + offset)).toISOString().slice(0, 10);
        const list = [{ kind, expires: on(0), evidence: 'verified' as const }];
        const answers = { [kind === 'ISMS' ? 'CRT-01' : 'CRT-03']: { value: list } };
        const at = (asOf: string) => score(answers, { asOf }).why.certificates[0]?.status;
        expect([at(on(-91)), at(on(-90)), at(on(0)), at(on(1))]).toEqual(['valid', 'expiring', 'expiring', 'expired']);
      }),
      { numRuns: RUNS },
    );
  });

  it('(g) rejecting evidence never raises a score or a judgement', () => {
    const rank = { nonconform: 0, pending: 1, conditional: 2, conform: 3 };
    fc.assert(
      fc.property(arbitraryCase(), fc.constantFrom(...questions), (input, question) => {
        const answer: Answer | undefined = input.answers[question.id];
        if (answer === undefined) return;
        const before = evaluate(
          jp,
          change(input, { ...input.answers, [question.id]: { ...answer, evidence: 'verified' } }),
        );
        const after = evaluate(
          jp,
          change(input, { ...input.answers, [question.id]: { ...answer, evidence: 'rejected' } }),
        );
        expect(after.raw).toBeLessThanOrEqual(before.raw);
        expect(after.score).toBeLessThanOrEqual(before.score);
        expect(rank[after.judgement]).toBeLessThanOrEqual(rank[before.judgement]);
        expect(after.legal?.code === 'EXCEPTION_LIKELY' && before.legal?.code !== 'EXCEPTION_LIKELY').toBe(false);
      }),
      { numRuns: RUNS },
    );
  });

  it('every number says why, and adds up', () => {
    fc.assert(
      fc.property(arbitraryCase(), (input) => {
        const result = evaluate(jp, input);
        expect(result.why.questions.map(({ id }) => id)).toEqual(questions.map(({ id }) => id));
        for (const { reason, score: points } of result.why.questions) {
          expect(reason.ja.length * reason.en.length).toBeGreaterThan(0);
          if (points !== null) expect(points >= 0 && points <= 1).toBe(true);
        }
        expect(Object.values(result.issueCounts).reduce((sum, count) => sum + count)).toBe(result.issues.length);
        const refs = result.issues.map(({ ref }) => ref);
        expect(new Set(refs).size).toBe(refs.length);
      }),
      { numRuns: RUNS },
    );
  });
});

/** The generator itself must reach what the properties are about. */
describe('the random answers', () => {
  it('reach every visibility, state, flag, finding status and legal code', () => {
    const seen = new Set<string>();
    const note = (result: Evaluation) => {
      for (const { visibility: shown, state, flag } of result.why.questions)
        for (const one of [shown, state, flag]) seen.add(String(one));
      for (const status of Object.values(result.findings)) seen.add(status);
      seen.add(result.legal?.code ?? '');
    };
    for (const input of fc.sample(arbitraryCase(), { numRuns: 1500, seed: 7 })) note(evaluate(jp, input));
    for (const one of [
      'hidden',
      'pending',
      'visible',
      'answered',
      'unknown',
      'na',
      'invalidNa',
      'unanswered',
      'missing',
      'unreviewed',
      'rejected',
    ])
      expect(seen).toContain(one);
    for (const one of [
      'fail',
      'partial',
      'unverified',
      'pass',
      'not_applicable',
      'NO_PERSONAL_DATA',
      'OUT_OF_SCOPE_USE',
      'ENTRUSTMENT',
      'INSUFFICIENT',
    ])
      expect(seen).toContain(one);
  });

  it('fit their questions', () => {
    const each: readonly Question[] = questions;
    for (const question of each) {
      for (const value of fc.sample(arbitraryValue(question), 20))
        expect(() => score({ ...best, [question.id]: { value } })).not.toThrow();
    }
  });
});
