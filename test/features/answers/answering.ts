import { afterAll, beforeAll, beforeEach } from 'vitest';
import { buildTestApp, type TestApp } from '../../support/app.ts';
import { respondentOf } from './respondent.ts';
import { type SentAssessment, sentAssessment } from './sent-assessment.ts';

/** The application of the test file, and for each test a fresh request with the browser of its contact. */
export let test: TestApp;
export let sent: SentAssessment;
export let vendor: ReturnType<typeof respondentOf>;

/** To be called once at the top of a test file. */
export function beforeEachAnswering(): void {
  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    sent = await sentAssessment(test.app, test.services);
    vendor = respondentOf(test, sent);
  });
}
