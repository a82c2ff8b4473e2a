import type { Locale } from '../../adapters/template-helpers.ts';
import type { Problem } from '../../domain/questionnaire/problem.ts';
import type { InvalidField } from '../../errors.ts';
import { addOnsOf } from './add-on.views.ts';
import { adviceItems } from './advice/advice-items.ts';
import { type AnswerForm, storedForm } from './answer-form.ts';
import { askView } from './ask.views.ts';
import type { Conflict } from './conflict.views.ts';
import type { UnclearDates } from './evidence/section-evidence.usecases.ts';
import { oneByOne } from './one-question.views.ts';
import type { OpenSection } from './open-section.usecases.ts';
import { pageRules } from './page-rules.ts';
import { wordsOf } from './page-words.ts';
import { prefillView } from './prefill.views.ts';
import { questionView } from './question.views.ts';
import { withBlankRecord } from './record.views.ts';
import { isAsked, lockedView, returnedReason, roundHead } from './returned.views.ts';
import { hrefOf, placesOf } from './section-places.views.ts';

/** What a refused save leaves behind, by question id. */
export type Refused = {
  forms: ReadonlyMap<string, AnswerForm>;
  problems: ReadonlyMap<string, readonly Problem[]>;
  conflicts: ReadonlyMap<string, Conflict>;
  /** Dates of files, by file id. */
  unclear?: ReadonlyMap<string, UnclearDates>;
};
export const nothingRefused: Refused = { forms: new Map(), problems: new Map(), conflicts: new Map() };

type Options = {
  locale: Locale;
  refused: Refused;
  returnTo: string | null;
  addRecordTo: string | null;
  /** After a return: also what cannot be changed. */
  showsAll: boolean;
  /** The question to show alone; null shows the section. */
  one: string | null;
};

/** The page of one section. */
export function sectionView(open: OpenSection, options: Options) {
  const { locale, refused, returnTo, addRecordTo, showsAll, one } = options;
  const { compiled, section, shown, rows, files, offers, today } = open;
  const kinds = compiled.questionnaire.certificateKinds ?? [];
  const byQuestion = new Map(rows.map((row) => [row.questionId, row]));
  const listed = section.questions.filter(({ id }) => (one ? id === one : showsAll || isAsked(open, id)));
  const questions = listed.map((question) => {
    if (!isAsked(open, question.id)) return lockedView(open, question, locale);
    const row = byQuestion.get(question.id);
    const form = refused.forms.get(question.id) ?? storedForm(question, row);
    const shownQuestion = questionView(
      {
        question,
        shown: shown.has(question.id),
        row,
        form: question.id === addRecordTo ? withBlankRecord(form) : form,
        files,
        today,
        unclear: refused.unclear ?? new Map(),
        problems: refused.problems.get(question.id) ?? [],
        conflict: refused.conflicts.get(question.id) ?? null,
      },
      kinds,
      locale,
    );
    const prefill = prefillView({ question, row, offer: offers.get(question.id), today }, kinds);
    const advice = open.advice && adviceItems(open.advice.get(question.id) ?? [], locale, addressIn(open, options));
    return {
      ...shownQuestion,
      isLocked: false as const,
      returned: returnedReason(open, question.id),
      prefill,
      advice: advice && { items: advice },
      ask: askView(question.id, open.threads.get(question.id), refused.problems.has(question.id)),
      addOns: addOnsOf(open, question, form, refused.problems.get(question.id) ?? [], locale),
    };
  });
  return {
    heading: wordsOf(section.title, locale),
    lead: section.description ? wordsOf(section.description, locale) : null,
    reference: open.reference,
    action: hrefOf(section.id, returnTo, one),
    returnTo,
    round: roundHead(open, showsAll),
    advises: open.advice !== null,
    questions,
    errors: errorSummary(refused),
    ...placesOf(open, locale, returnTo),
    ...oneByOne(open, one, options),
    config: JSON.stringify({ section: section.id, locale, ...pageRules(open, one) }),
  };
}

/** Where another question is answered: on this page, or on that of its section. */
function addressIn(open: OpenSection, { returnTo, one }: Options) {
  const { compiled, section } = open;
  return (id: string) => {
    const sectionId = compiled.byId.get(id)?.sectionId ?? section.id;
    if (!isAsked(open, id)) return `${hrefOf(sectionId, null)}?show=all#q-${id}`;
    return `${sectionId === section.id && !one ? '' : hrefOf(sectionId, returnTo, one && id)}#q-${id}`;
  };
}

/** One line a problem, linked to its question; the number tells which. */
function errorSummary({ problems, conflicts }: Refused): InvalidField[] {
  const told = [...problems].flatMap(([id, list]) =>
    list.map(({ message }) => ({
      path: `q-${id}`,
      message: { ja: `${id}：${message.ja}`, en: `${id}: ${message.en}` },
    })),
  );
  const clashes = [...conflicts.keys()].map((id) => ({
    path: `q-${id}`,
    message: {
      ja: `${id}：ほかの画面または担当者が先に更新しています。両方の内容を確かめてください。`,
      en: `${id}: changed in another window or by a colleague. Compare both versions.`,
    },
  }));
  return [...told, ...clashes];
}
