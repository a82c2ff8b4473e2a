import type { Locale } from '../../adapters/template-helpers.ts';
import type { Services } from '../../services.ts';
import { readAdvice } from '../answers/advice/advice.usecases.ts';
import { adviceItems } from '../answers/advice/advice-items.ts';
import { questionHref } from './open-questions.ts';
import type { OpenRequest } from './open-request.usecases.ts';

/**
 * What to look at once more before the answers are handed in, by question in file order. null where there is nothing to say, or the
 * customer has switched advice off. Once answers were returned, only those that may still be changed are spoken of.
 */
export async function checkAdvice(services: Services, request: OpenRequest, locale: Locale) {
  const { assessment, compiled, collected, own, today } = request;
  const { organisationId, id: assessmentId } = assessment;
  const about = { compiled, answers: collected.answers, own, today };
  const advice = await services.database.inOrganisation(organisationId, (db) =>
    readAdvice(db, { organisationId, assessmentId }, about),
  );
  const hrefOf = (id: string) => {
    const asked = compiled.byId.get(id);
    return asked ? questionHref(asked, 'check') : '';
  };
  const questions = [...(advice ?? [])].map(([id, items]) => ({
    id,
    text: compiled.byId.get(id)?.question.text ?? { ja: id, en: id },
    href: hrefOf(id),
    items: adviceItems(items, locale, hrefOf),
  }));
  return questions.length === 0 ? null : { count: questions.length, questions };
}
