import { describe, expect, it } from 'vitest';
import { reportingDuty } from '../../../server/domain/incident/reporting-duty.ts';

describe('who reports a breach', () => {
  it('is both sides under an entrustment', () => {
    expect(reportingDuty('ENTRUSTMENT', false).regulator.ja).toContain('委託元と委託先の双方が報告する');
  });

  it('is all three where the customer is an entrustee itself', () => {
    expect(reportingDuty('ENTRUSTMENT', true).regulator.ja).toContain('三者が報告する');
  });

  it('is the customer alone under the cloud exception, even when it is an entrustee', () => {
    expect(reportingDuty('EXCEPTION_LIKELY', true).regulator.ja).toContain('利用者（委託元）が単独で報告する');
  });

  it('is nobody where no personal data is stored', () => {
    expect(reportingDuty('NO_PERSONAL_DATA', true).regulator.ja).toContain('対象とならない');
  });

  it.each([null, 'INSUFFICIENT', 'A_CODE_OF_ANOTHER_QUESTIONNAIRE'])(
    'treats %s as an entrustment until it is decided',
    (code) => {
      expect(reportingDuty(code, false).regulator.ja).toContain('委託として扱い');
    },
  );
});
