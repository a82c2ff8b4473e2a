import { randomUUID } from 'node:crypto';
import { flagQuestion } from '../../../server/features/rounds/flag-question.usecases.ts';
import type { TestApp } from '../../support/app.ts';
import { type Submitted, send, submitted } from '../reviews/submitted-assessment.ts';

export const due = '2026-12-25';
export const declared = { attested: 'yes', name: '佐藤一郎', title: '部長', unanswered: 'yes' };

/** Answers of which a few belong together: SUB-02 to SUB-04 apply only once SUB-01 says so. */
export const answers = {
  'DATA-01': { value: 'yes' },
  'ORG-02': { value: 'doc', comment: '年1回見直し' },
  'ORG-03': { value: 'yes' },
  'ORG-05': { value: 'na', naReason: '該当する業務がないため' },
  'SUB-01': { value: 'no' },
} as const;

/** Marks questions with the reason 「<id>の理由」, as the review page does. */
export async function flag({ services }: TestApp, work: Submitted, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await flagQuestion(services, work.principal, work.assessmentId, id, { reason: `${id}の理由` });
  }
}

/** Presses 差し戻す on the page as it is. */
export async function sendBack(test: TestApp, work: Submitted, form: Record<string, string> = {}): Promise<void> {
  const page = await send(test, work.member, 'GET', `/assessments/${work.assessmentId}/return`, {}, 200);
  const seen = /name="seen" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const typed = { dueOn: due, note: '', action: 'return', seen, ...form };
  await send(test, work.member, 'POST', `/assessments/${work.assessmentId}/return`, { form: typed }, 303);
}

/** Handed in, and returned with `flagged`. A minute passes between each step, as nothing happens at the same instant. */
export async function returned(
  test: TestApp,
  flagged: readonly string[],
  given: Parameters<typeof submitted>[1] = { answers, files: ['ORG-02', 'ORG-03'] },
): Promise<Submitted> {
  const work = await submitted(test, given, { reference: `KA-2026-${randomUUID().slice(0, 8)}` });
  test.services.clock.advance(60_000);
  await flag(test, work, flagged);
  await sendBack(test, work);
  test.services.clock.advance(60_000);
  return work;
}
