import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventWords } from '../../../server/domain/assessment/event-words.ts';
import { permissions } from '../../../server/domain/assessment/permissions.ts';

describe('the words of the audit trail', () => {
  it('say what matters of the details', () => {
    expect(eventWords('dueDate.changed', '', { from: '2026-12-13', to: '2026-12-20' })).toEqual({
      ja: '提出期限を変更（2026年12月13日から2026年12月20日）',
      en: 'Due date changed (from 13 Dec 2026 to 20 Dec 2026)',
    });
    expect(eventWords('assessment.sent', '', { reference: 'KA-2026-0001' }).ja).toBe('質問票を送付（KA-2026-0001）');
    expect(eventWords('assessment.revoked', '', { reason: '契約終了' }).en).toBe('Assessment revoked (契約終了)');
    expect(eventWords('assessment.finalised', '', { asOf: '2026-11-21' }).ja).toBe(
      '評価を確定（評価基準日 2026年11月21日）',
    );
  });

  it('do without details they were not given', () => {
    expect(eventWords('dueDate.changed', '', {}).ja).toBe('提出期限を変更');
    expect(eventWords('assessment.sent', '', { reference: 7 }).en).toBe('Questionnaire sent');
  });

  it('never drop an action that has no words, nor trip over a name every object has', () => {
    expect(eventWords('vendor.merged', '', {}).ja).toContain('vendor.merged');
    expect(eventWords('constructor', '', {}).en).toBe('Other action (constructor)');
  });

  it('cover every action a feature records about an assessment', () => {
    const actions = sources().flatMap((text) =>
      [
        ...text.matchAll(
          /'((?:assessment|invitation|contact|link|dueDate|duties|answer|evidence|na|review|report|people|approval|message|question|request|return)\.[a-z]+[A-Za-z]*)'/g,
        ),
      ]
        .map((match) => match[1] ?? '')
        .filter((action) => /(ed|n|t|d|Back|Over)$/.test(action) && !/\.(edit|css|ts)$/.test(action))
        // Of the same shape, but what somebody may do, and what a page says.
        .filter((action) => !Object.hasOwn(permissions, action) && !textKeys.has(action)),
    );
    expect(new Set(actions).size).toBeGreaterThan(20);
    for (const action of actions)
      expect([action, eventWords(action, '', {}).en]).not.toEqual([action, `Other action (${action})`]);
  });
});

const textKeys = new Set(
  readdirSync('templates/text').flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(`templates/text/${file}`, 'utf8'))),
  ),
);

function sources(): string[] {
  return readdirSync('server/features', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
