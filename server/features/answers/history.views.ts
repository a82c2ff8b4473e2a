/** The history of one answer as people read it: who, when, from what to what. Pure. */
import type { Locale } from '../../adapters/template-helpers.ts';
import { eventWords } from '../../domain/assessment/event-words.ts';
import type { Answer, AnswerPlan, ConditionalAnswer } from '../../domain/questionnaire/answer.ts';
import { answerText } from '../../domain/questionnaire/answer-text.ts';
import type { CertificateKind, Localized, Question } from '../../domain/questionnaire/questionnaire.ts';
import { LATEST_ABOUT } from '../audit/audit.store.ts';
import type { readHistory } from './history.usecases.ts';
import { wordsOf } from './page-words.ts';

type Read = Awaited<ReturnType<typeof readHistory>>;
type Event = Read['events'][number];
type Recorded = Answer & { plan?: AnswerPlan; conditional?: ConditionalAnswer; withheld?: string };
/** One or several saves of one person in a row, told as one. */
type Step = { event: Event; saves: number; from: Recorded; to: Recorded };

/** Autosaves of one person so close together are one piece of work. */
const ONE_SITTING_MS = 10 * 60_000;

export function historyView({ reference, compiled, asked, events }: Read, locale: Locale) {
  const { question, sectionId } = asked;
  const { certificateKinds = [] } = compiled.questionnaire;
  return {
    reference,
    id: question.id,
    question: wordsOf(question.text, locale),
    isCut: events.length >= LATEST_ABOUT,
    back: `/respond/sections/${encodeURIComponent(sectionId)}#q-${encodeURIComponent(question.id)}`,
    steps: steps(events)
      .reverse()
      .map(({ event, saves, from, to }) => ({
        at: event.at.toISOString(),
        who: event.actorName,
        words: eventWords(event.action, event.subject, event.details),
        saves: saves > 1 ? saves : null,
        file: typeof event.details.name === 'string' ? event.details.name : null,
        changes: changes(question, from, to, certificateKinds),
      })),
  };
}

function steps(events: readonly Event[]): Step[] {
  const told: Step[] = [];
  for (const event of events) {
    const { from = {}, to = {} } = event.details as { from?: Recorded; to?: Recorded };
    const last = told.at(-1);
    if (last && belongsTo(last.event, event))
      told[told.length - 1] = { event, saves: last.saves + 1, from: last.from, to };
    else told.push({ event, saves: 1, from, to });
  }
  return told;
}

function belongsTo(last: Event, next: Event): boolean {
  const sameWork = last.action === 'answer.saved' && next.action === 'answer.saved' && !next.details.source;
  return sameWork && last.actorId === next.actorId && next.at.getTime() - last.at.getTime() < ONE_SITTING_MS;
}

function changes(question: Question, from: Recorded, to: Recorded, kinds: readonly CertificateKind[]) {
  const texts = (answer: Recorded): [Localized, Localized | null][] => [
    [words.value, answer.value === undefined ? null : answerText(question, answer.value, kinds)],
    [words.naReason, same(answer.naReason)],
    [words.condition, answer.conditional ? conditionText(question, answer.conditional, kinds) : null],
    [words.plan, answer.plan ? same(`${answer.plan.by} ${answer.plan.measure}`) : null],
    [words.withheld, same(answer.withheld)],
    [words.comment, same(answer.comment)],
  ];
  const after = texts(to);
  return texts(from).flatMap(([what, before], index) => {
    const now = after[index]?.[1] ?? null;
    return before?.ja === now?.ja ? [] : [{ what, from: before, to: now }];
  });
}

function conditionText(
  question: Question,
  { value, condition }: ConditionalAnswer,
  kinds: readonly CertificateKind[],
): Localized {
  const { ja, en } = answerText(question, value, kinds);
  return { ja: `${condition}：${ja}`, en: en === '' ? '' : `${condition}: ${en}` };
}

function same(text: string | undefined): Localized | null {
  return text ? { ja: text, en: text } : null;
}

const words = {
  value: { ja: '回答', en: 'Answer' },
  naReason: { ja: '該当なしの理由', en: 'Why not applicable' },
  condition: { ja: '条件付きの回答', en: 'Answer under a condition' },
  plan: { ja: '対応予定', en: 'Planned' },
  withheld: { ja: '共有できない証跡', en: 'Proof that cannot be shared' },
  comment: { ja: '補足', en: 'Comment' },
} satisfies Record<string, Localized>;
