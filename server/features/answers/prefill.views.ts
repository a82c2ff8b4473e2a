/** What was answered earlier, beside the question it is offered for. Pure. */
import { answerLines, answerText } from '../../domain/questionnaire/answer-text.ts';
import type { CertificateKind, Question } from '../../domain/questionnaire/questionnaire.ts';
import { mayHaveAged } from '../../domain/reuse/ageing.ts';
import { saysTheSame } from '../../domain/reuse/same-answer.ts';
import type { Prefill } from '../prefills/offers.usecases.ts';
import type { AnswerRow } from './answers.store.ts';

type Beside = { question: Question; row: AnswerRow | undefined; offer: Prefill | undefined; today: string };

/** null where nothing is offered, or no longer. `usedKey` is set once the offer became the answer. */
export function prefillView({ question, row, offer, today }: Beside, kinds: readonly CertificateKind[]) {
  if (!offer || offer.decision === 'dismissed') return null;
  const { source, value, naReason, comment, plan, conditional, withheld } = offer;
  const answered = row !== undefined && row.value !== null;
  return {
    id: question.id,
    on: source.on,
    label: source.label,
    titleKey: source.asked ? 'prefills.related' : `prefills.${source.kind}`,
    usedKey: offer.decision === 'adopted' && answered ? usedKey(offer, row) : null,
    /** Beside an answer it steps back; an answer to another question is never laid open by itself. */
    open: !answered && !source.asked,
    lines: answerLines(question, value, kinds),
    naReason: value === 'na' ? naReason : '',
    comment,
    withheld,
    conditional: conditional && {
      text: answerText(question, conditional.value, kinds),
      condition: conditional.condition,
    },
    plan: plan && { by: plan.by, measure: plan.measure, isOver: plan.by <= today },
    aged: mayHaveAged(question, source.on, today),
    reworded: source.reworded === true,
    asked: source.asked ?? null,
    files: source.files?.map(({ name }) => name) ?? [],
  };
}

function usedKey(offer: Prefill, row: AnswerRow): string {
  return `prefills.${offer.source.kind}${saysTheSame(offer, row) ? 'Used' : 'Changed'}`;
}
