/** The page about reusing answers. Pure. */
import type { AppError, InvalidField } from '../../errors.ts';
import { countsOf, waitingIn } from './counts.ts';
import type { OfferedMaster } from './offer-master.usecases.ts';
import type { Reuse } from './reuse.usecases.ts';

/** More lines than anybody reads; the rest is counted. */
const MOST = 50;

export function reuseView(reuse: Reuse, { outcome, refused }: { outcome?: OfferedMaster; refused?: AppError } = {}) {
  const { assessment, parties, mayUpload } = reuse;
  const counts = countsOf(reuse);
  const file = refused ? refused.publicMessage : null;
  return {
    reference: assessment.reference,
    customer: parties.customer,
    prefillMonths: assessment.settings.prefillMonths,
    previous: [...reuse.offers.values()].find(({ source }) => source.kind === 'previous')?.source ?? null,
    ...counts,
    decided: counts.adopted + counts.dismissed > 0,
    sections: mayUpload ? sectionsOf(reuse) : [],
    outcome: outcome ? outcomeView(reuse, outcome) : null,
    field: { id: 'master', name: 'master', value: '', error: file },
    errors: refused ? errorsOf(refused) : [],
  };
}

function sectionsOf(reuse: Reuse) {
  const waiting = waitingIn(reuse);
  return reuse.compiled.questionnaire.sections.flatMap(({ id, title }) => {
    const own = waiting.filter(({ sectionId }) => sectionId === id);
    const [first] = own;
    return first ? [{ title, count: own.length, href: hrefOf(first) }] : [];
  });
}

function hrefOf({ sectionId, question }: Reuse['compiled']['questions'][number]): string {
  return `/respond/sections/${encodeURIComponent(sectionId)}#q-${encodeURIComponent(question.id)}`;
}

function outcomeView({ compiled, shown }: Reuse, { offered, misfits, unmatched, answered, newer }: OfferedMaster) {
  const related = offered.filter(({ by }) => by === 'references');
  return {
    offered: offered.length,
    hidden: offered.filter(({ question }) => !shown.has(question.id)).length,
    related: related.slice(0, MOST).map(({ question, given }) => {
      const asked = compiled.byId.get(question.id);
      return { id: question.id, text: question.text, from: given.question, href: asked ? hrefOf(asked) : null };
    }),
    relatedCount: related.length,
    misfits: misfits.slice(0, MOST).map(({ question, why }) => ({ id: question.id, text: question.text, why })),
    misfitCount: misfits.length,
    unmatched: unmatched.slice(0, MOST).map(({ question, text }) => ({ id: question, text })),
    unmatchedCount: unmatched.length,
    answered,
    newer,
  };
}

/** Places in the file are named, but lead nowhere on the page. */
function errorsOf({ fields, publicMessage }: AppError): InvalidField[] {
  const places = fields.map(({ path, message: { ja, en } }) => ({
    path: '',
    message: { ja: `${path}：${ja}`, en: `${path}: ${en}` },
  }));
  return [{ path: 'master', message: publicMessage }, ...places];
}
