import { describe, expect, it } from 'vitest';
import { dueDateRange, isDueDate } from '../../../server/domain/assessment/due-date.ts';
import { permissionOf, permissions, respondentRoles, roleMay } from '../../../server/domain/assessment/permissions.ts';
import { draftReference, isDraftReference, nextReference } from '../../../server/domain/assessment/reference-number.ts';
import {
  lastOpenDay,
  type Move,
  type StoredState,
  stateAfter,
  stateOn,
} from '../../../server/domain/assessment/states.ts';

const stored: StoredState[] = [
  'draft',
  'sent',
  'inProgress',
  'submitted',
  'returned',
  'declined',
  'finalised',
  'revoked',
];
const table: Record<Move, Partial<Record<StoredState, StoredState>>> = {
  send: { draft: 'sent' },
  open: { sent: 'inProgress' },
  submit: { sent: 'submitted', inProgress: 'submitted', returned: 'submitted' },
  return: { submitted: 'returned' },
  withdrawReturn: { returned: 'submitted' },
  decline: { sent: 'declined', inProgress: 'declined' },
  resume: { declined: 'inProgress' },
  finalise: { submitted: 'finalised' },
  revoke: { sent: 'revoked', inProgress: 'revoked', declined: 'revoked' },
};

describe('the states of an assessment', () => {
  it.each(Object.keys(table) as Move[])('%s moves from the states of the table and from no other', (move) => {
    for (const from of stored) expect([from, stateAfter(move, from)]).toEqual([from, table[move][from] ?? null]);
  });

  it('expires the day after the last day of grace, and only while answers are awaited', () => {
    const given = { dueOn: '2026-12-31', graceDays: 14 };
    expect(lastOpenDay(given)).toBe('2027-01-14');
    for (const state of stored) {
      expect(stateOn({ ...given, state }, '2027-01-14')).toBe(state);
      const waits = ['sent', 'inProgress', 'returned'].includes(state);
      expect(stateOn({ ...given, state }, '2027-01-15')).toBe(waits ? 'expired' : state);
    }
  });

  it('without grace is open on the due date itself', () => {
    const given = { state: 'sent' as const, dueOn: '2028-02-29', graceDays: 0 };
    expect([stateOn(given, '2028-02-29'), stateOn(given, '2028-03-01')]).toEqual(['sent', 'expired']);
  });
});

describe('who may do what', () => {
  it('lets auditors read and never change anything but their own account', () => {
    const changes = Object.keys(permissions).filter((action) => !/\.view$|\.read$|^account\.|^session\./.test(action));
    expect(changes.length).toBeGreaterThan(12);
    for (const action of changes) {
      const isVendors = action.startsWith('respond.');
      if (!isVendors) expect([action, roleMay('auditor', action as keyof typeof permissions)]).toEqual([action, false]);
    }
  });

  it('keeps staff from a vendor’s answers and vendors from everything else', () => {
    for (const action of Object.keys(permissions) as (keyof typeof permissions)[]) {
      const { roles } = permissionOf(action);
      if (roles === 'anyone' || action === 'session.end') continue;
      const ofVendor = roles.filter((role) => (respondentRoles as readonly string[]).includes(role));
      expect([action, ofVendor.length]).toEqual([action, action.startsWith('respond.') ? roles.length : 0]);
    }
  });

  it('reminds only while the link takes answers', () => {
    expect(permissionOf('assessments.remind').states).toEqual(['sent', 'inProgress', 'returned']);
  });
});

describe('due dates and references', () => {
  it('range from tomorrow to a year from today, the leap day included', () => {
    expect(dueDateRange('2028-02-29')).toEqual({ earliest: '2028-03-01', latest: '2029-02-28', usual: '2028-03-21' });
    expect(['2026-11-22', '2026-11-23', '2027-11-22', '2027-11-23'].map((day) => isDueDate(day, '2026-11-22'))).toEqual(
      [false, true, true, false],
    );
  });

  it('count on per year, past four digits', () => {
    expect(nextReference('2026', null)).toBe('KA-2026-0001');
    expect(nextReference('2026', 'KA-2026-0041')).toBe('KA-2026-0042');
    expect(nextReference('2026', 'KA-2026-9999')).toBe('KA-2026-10000');
    expect(isDraftReference(draftReference('x'))).toBe(true);
    expect(isDraftReference('KA-2026-0001')).toBe(false);
  });
});
