import { answeredSections } from './answered-sections.views.ts';
import type { OpenRequest } from './open-request.usecases.ts';
import { requestView } from './request.views.ts';
import { roundView } from './round.views.ts';

/** One's own answers to read again, and the receipt. */
export function answersView(request: OpenRequest) {
  const { assessment, compiled, collected, own, today } = request;
  const sections = answeredSections(compiled, collected, today, own);
  const items = sections.flatMap((section) => section.items);
  return {
    request: requestView(request),
    round: roundView(request),
    sections,
    questions: items.length,
    answered: items.filter(({ isAnswered }) => isAnswered).length,
    withheld: items.filter(({ withheld }) => withheld !== '').length,
    attestation: assessment.attestation
      ? { name: assessment.attestation.name, title: assessment.attestation.title }
      : null,
  };
}
