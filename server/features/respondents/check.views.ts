import type { AppError } from '../../errors.ts';
import { fieldsOf, type PostedForm } from '../../plugins/forms.ts';
import { fingerprint } from '../people/fingerprint.ts';
import { type AnsweredSection, answeredSections } from './answered-sections.views.ts';
import { approvalView } from './approval.views.ts';
import type { OpenRequest } from './open-request.usecases.ts';
import { mayAnswer, requestView } from './request.views.ts';
import { roundView } from './round.views.ts';

/** Names of the fields of the attestation, as posted. */
export const attestationFields = ['seen', 'name', 'title', 'attested', 'unanswered', 'remark'] as const;

/** Check your answers: what is missing first, then everything as others will read it, then the attestation. */
export function checkView(request: OpenRequest, typed: PostedForm, refused: AppError | null = null) {
  const { compiled, collected, own, today } = request;
  const problems = refused
    ? refused.fields.length > 0
      ? refused.fields
      : [{ path: '', message: refused.publicMessage }]
    : [];
  const change = mayAnswer(request.me);
  const sections = linked(answeredSections(compiled, collected, today, own), change, request.returned?.open);
  const items = sections.flatMap((section) => section.items);
  return {
    request: requestView(request),
    head: headFor(request.me),
    mayChange: change,
    approval: approvalView(request, typed, problems),
    sections,
    questions: items.length,
    round: roundView(request),
    missing: missingIn(sections),
    lackingEvidence: items.filter(({ lacksEvidence, isOpen }) => lacksEvidence && isOpen),
    files: items.flatMap((item) => item.files.map((file) => ({ ...file, question: item.id }))),
    seen: fingerprint(collected),
    fields: fieldsOf(attestationFields, typed, problems),
    attested: typed.attested === 'yes',
    acceptsMissing: typed.unanswered === 'yes',
    errors: problems,
  };
}

/** Words of the page for whoever submits, answers a part, or reads. */
function headFor({ role }: OpenRequest['me']) {
  if (role === 'respondent') {
    return { heading: 'check.heading', lead: 'check.lead', back: '/respond/sections', backLabel: 'check.back' };
  }
  const own = role === 'contributor';
  return {
    heading: own ? 'approval.ownHeading' : 'approval.readHeading',
    lead: own ? 'approval.lead.own' : 'approval.lead.read',
    back: own ? '/respond/sections' : '/respond',
    backLabel: own ? 'check.back' : 'people.back',
  };
}

/** Whoever cannot change an answer is led to it on this page. `open`, where given, are the questions that were returned. */
function linked(sections: readonly AnsweredSection[], mayChange: boolean, open: ReadonlySet<string> | undefined) {
  return sections.map((section) => ({
    ...section,
    items: section.items.map((item) => {
      const isOpen = open?.has(item.id) ?? true;
      const canChange = mayChange && isOpen;
      return {
        ...item,
        isOpen,
        canChange,
        changeHref: canChange ? item.changeHref : `#a-${encodeURIComponent(item.id)}`,
      };
    }),
  }));
}

/** A short list names each question; a long one only their ids, by section. */
function missingIn(sections: ReturnType<typeof linked>) {
  const open = sections.map(({ title, items }) => ({
    title,
    items: items.filter(({ isAnswered, isOpen }) => isOpen && !isAnswered),
  }));
  const count = open.reduce((sum, { items }) => sum + items.length, 0);
  return { count, isLong: count > 12, sections: open.filter(({ items }) => items.length > 0) };
}
