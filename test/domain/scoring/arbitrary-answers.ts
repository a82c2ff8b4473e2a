/** Random answer sets made from the questionnaire itself: what fits, in every state, with every evidence. */
import fc from 'fast-check';
import type { Answer, Answers, CertificateRecord } from '../../../server/domain/questionnaire/answer.ts';
import type { Question } from '../../../server/domain/questionnaire/questionnaire.ts';
import type { Case } from '../../../server/domain/scoring/evaluation.ts';
import { jp } from '../cases.ts';

const AS_OF = '2026-11-21';

export function arbitraryCase(): fc.Arbitrary<Case> {
  return fc.record({
    asOf: fc.constant(AS_OF),
    mode: fc.constantFrom('provisional' as const, 'final' as const),
    context: fc.record({ customerIsEntrustee: fc.boolean() }),
    answers: arbitraryAnswers(),
  });
}

/** Silence is as likely as the questionnaire's gates allow, so that every visibility occurs. */
export function arbitraryAnswers(): fc.Arbitrary<Answers> {
  const each = jp.questions.map(({ question }) => fc.option(arbitraryAnswer(question), { nil: undefined, freq: 6 }));
  return fc
    .tuple(...each)
    .map((answers) =>
      Object.fromEntries(
        jp.questions.flatMap(({ question }, index) => (answers[index] ? [[question.id, answers[index]]] : [])),
      ),
    );
}

function arbitraryAnswer(question: Question): fc.Arbitrary<Answer> {
  const value = fc.oneof(
    { weight: 8, arbitrary: arbitraryValue(question) },
    { weight: 1, arbitrary: fc.constantFrom('unknown', 'na') },
  );
  const evidence = fc.constantFrom('none', 'attached', 'verified', 'verified', 'verified', 'rejected' as const);
  return fc.record(
    { value, evidence, naReason: fc.constantFrom('', '該当する仕組みがない'), naRejected: fc.boolean() },
    { requiredKeys: ['value', 'evidence'] },
  ) as fc.Arbitrary<Answer>;
}

/** A value that fits. Dates reach past the evaluation date, numbers past every band. */
export function arbitraryValue(question: Question): fc.Arbitrary<NonNullable<Answer['value']>> {
  const none = question.none === undefined ? [] : [fc.constant('none')];
  const options = (question.options ?? []).map(({ value }) => value);
  switch (question.type) {
    case 'single':
      return fc.constantFrom(...options);
    case 'multi':
      return fc.oneof(
        ...none,
        fc.subarray(options.filter((value) => !isExclusive(question, value))),
        ...exclusive(question),
      );
    case 'number':
      return fc.oneof(...none, arbitraryNumber(question));
    case 'date':
      return fc.oneof(...none, arbitraryDate());
    case 'text':
      return fc.string();
    case 'certificates':
      return fc.array(arbitraryRecord(question), { maxLength: 3 });
  }
}

function arbitraryNumber({ minimum = 0, maximum = 200, integer }: Question): fc.Arbitrary<number> {
  if (integer === true) return fc.integer({ min: minimum, max: maximum });
  return fc.double({ min: minimum, max: maximum, noNaN: true });
}

function arbitraryDate(): fc.Arbitrary<string> {
  return fc
    .integer({ min: -1500, max: 700 })
    .map((days) => new Date(Date.UTC(2026, 10, 21 + days)).toISOString().slice(0, 10));
}

function arbitraryRecord(question: Question): fc.Arbitrary<CertificateRecord> {
  return fc.record(
    {
      kind: fc.constantFrom(...(question.certificateKinds ?? [])),
      edition: fc.constantFrom('2022', 'ISO/IEC 27001:2013', 'JIS Q 27001:2014'),
      scopeIncludesService: fc.boolean(),
      registeredOn: arbitraryDate(),
      expires: arbitraryDate(),
      auditPeriodEnd: arbitraryDate(),
      periodEnd: arbitraryDate(),
      status: fc.constant('pending' as const),
      evidence: fc.constantFrom('none' as const, 'attached' as const, 'verified' as const, 'rejected' as const),
    },
    { requiredKeys: ['kind'] },
  );
}

function isExclusive(question: Question, value: string): boolean {
  return question.options?.some((option) => option.value === value && option.exclusive === true) === true;
}

function exclusive(question: Question): fc.Arbitrary<string[]>[] {
  return (question.options ?? [])
    .filter(({ exclusive: alone }) => alone === true)
    .map(({ value }) => fc.constant([value]));
}
