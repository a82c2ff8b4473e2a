import { isCalendarDate } from '../questionnaire/calendar-date.ts';
import type { CompiledQuestionnaire } from '../questionnaire/compile.ts';
import { pointer } from '../questionnaire/problem.ts';
import { CaseError } from './case-error.ts';
import type { Case } from './evaluation.ts';

/** Throws CaseError for a case that names no real date, no mode, or a question that is not asked. */
export function refuseBadCase(compiled: CompiledQuestionnaire, input: Case): void {
  if (!isCalendarDate(input.asOf)) {
    const text = {
      ja: '評価基準日 asOf は実在する日をYYYY-MM-DDの形で指定してください。',
      en: 'Give asOf as a real date written YYYY-MM-DD.',
    };
    throw new CaseError('invalid_case', text, '/asOf');
  }
  if (input.mode !== 'provisional' && input.mode !== 'final') {
    const text = { ja: 'mode は provisional か final で指定してください。', en: 'Give mode as provisional or final.' };
    throw new CaseError('invalid_case', text, '/mode');
  }
  for (const id of Object.keys(input.answers)) {
    if (compiled.byId.has(id)) continue;
    const text = {
      ja: `設問 ${id} はこの質問票にありません。設問IDを確かめてください。`,
      en: `This questionnaire has no question ${id}. Check the id.`,
    };
    throw new CaseError('unknown_question', text, pointer('answers', id));
  }
}
