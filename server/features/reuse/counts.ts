import { isBlank } from '../../domain/questionnaire/answer-state.ts';
import type { CompiledQuestion } from '../../domain/questionnaire/compile.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { type Reuse, readReuse } from './reuse.usecases.ts';

/** For the start page. `waiting`: questions with an offer nobody has decided on. */
export type ReuseCounts = {
  waiting: number;
  adopted: number;
  dismissed: number;
  mayDownload: boolean;
  mayUpload: boolean;
};

export async function readReuseCounts(services: Services, respondent: RespondentPrincipal): Promise<ReuseCounts> {
  return countsOf(await readReuse(services, respondent));
}

export function countsOf(reuse: Reuse): ReuseCounts {
  const decisions = [...reuse.offers.values()].map(({ decision }) => decision);
  return {
    waiting: reuse.mayUpload ? waitingIn(reuse).length : 0,
    adopted: decisions.filter((decision) => decision === 'adopted').length,
    dismissed: decisions.filter((decision) => decision === 'dismissed').length,
    mayDownload: reuse.mayDownload,
    mayUpload: reuse.mayUpload,
  };
}

/** Questions an offer waits for, in file order: the question applies and has no answer yet. */
export function waitingIn({ compiled, offers, shown, collected }: Reuse): readonly CompiledQuestion[] {
  const values = new Map(collected.rows.map(({ questionId, value }) => [questionId, value]));
  return compiled.questions.filter(({ question }) => {
    const offer = offers.get(question.id);
    if (!offer || offer.decision === 'dismissed' || !shown.has(question.id)) return false;
    return isBlank(question, values.get(question.id));
  });
}
