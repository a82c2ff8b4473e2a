import { eventWords } from '../../domain/assessment/event-words.ts';
import type { Role } from '../../domain/assessment/permissions.ts';
import { type AssessmentState, isOpen, lastOpenDay } from '../../domain/assessment/states.ts';
import type { TrailRow } from '../audit/audit.store.ts';
import { abilities } from './abilities.ts';
import { deliveryView, dueView, shownReference } from './assessments.views.ts';
import type { readOverview } from './overview.usecases.ts';
import { peopleView } from './people-list.views.ts';

type Overview = Awaited<ReturnType<typeof readOverview>>;

/** The page of one assessment: how it stands, what can be done now, what happened. */
export function assessmentView(read: Overview, role: Role, now: Date) {
  const { assessment, state } = read;
  const href = `/assessments/${assessment.id}`;
  const letters = read.letters.map(deliveryView);
  const failed = letters[0]?.failed === true && isOpen(state);
  const isLapsed = assessment.state === 'returned' && state === 'expired';
  return {
    href,
    state,
    stateKey: isLapsed ? 'rounds.next.lapsed' : `assessments.next.${state}`,
    returned: roundView(read),
    ...aboutView(read),
    ...datesView(read, now),
    letters,
    report: read.report ? { ...read.report, href: `/reports/${read.report.id}` } : null,
    /** Version the person has seen: pressed twice, one report is issued. */
    seenReport: read.report?.version ?? 0,
    failed,
    words: wordsView(read),
    people: peopleView(read),
    linkMissing: !read.hasLink && waiting.includes(state),
    progress: progressView(read),
    duties: dutiesView(read),
    can: abilities(read, role, failed),
    timeline: read.trail.map(eventView),
  };
}

function aboutView({ assessment, vendor, service, questionnaire }: Overview) {
  const { id, version, title } = questionnaire;
  return {
    reference: shownReference(assessment.reference),
    vendor: { name: vendor.name, href: `/vendors/${vendor.id}` },
    service: service.name,
    questionnaire: {
      title,
      version,
      href: `/questionnaires/${id}/${version}`,
      hash: assessment.questionnaireHash.slice(0, 12),
    },
    contact: {
      name: assessment.contactName,
      email: assessment.contactEmail,
      localeKey: `assessments.locale.${assessment.contactLocale}`,
    },
    purpose: assessment.purpose,
  };
}

function datesView({ assessment, state }: Overview, now: Date) {
  const { attestation } = assessment;
  return {
    due: dueView({ dueOn: assessment.dueOn, state }, now),
    lastDay: lastOpenDay(assessment),
    graceDays: assessment.graceDays,
    sentAt: assessment.sentAt,
    submittedAt: assessment.submittedAt,
    attestation: attestation ? { name: attestation.name, title: attestation.title } : null,
    receiptNumber: assessment.receiptNumber,
    finalisedAt: assessment.finalisedAt,
    asOf: assessment.asOf,
  };
}

/** Rounds so far, and what is with the vendor again; null while there was only one. */
function roundView({ assessment, returned }: Overview) {
  if (assessment.round === 1) return null;
  const last = assessment.state === 'returned' ? assessment.round - 1 : assessment.round;
  return { round: assessment.round, count: returned, href: `/assessments/${assessment.id}/rounds/${last}` };
}

/** What the vendor has said besides its answers, as far as somebody has to act on it. */
function wordsView({ assessment, state, words }: Overview) {
  const { waiting, decline, proposal } = words;
  const isNew = proposal?.email.toLowerCase() !== assessment.contactEmail.toLowerCase();
  return { waiting, decline: state === 'declined' ? decline : null, proposal: isNew ? proposal : null };
}

const waiting: readonly AssessmentState[] = ['sent', 'inProgress', 'returned', 'declined', 'expired'];

function progressView({ progress, questionnaire }: Overview) {
  if (!progress || progress.answered === 0) return null;
  const { answered, applicable, percent } = progress;
  const sections = progress.sections
    .filter((section) => section.applicable > 0)
    .map((section) => ({
      title: questionnaire.sections.find(({ id }) => id === section.sectionId)?.title ?? { ja: '', en: '' },
      answered: section.answered,
      applicable: section.applicable,
      standing: standing(section.answered, section.applicable),
    }));
  return { answered, applicable, percent, sections };
}

function standing(answered: number, applicable: number) {
  if (answered === 0) return 'notStarted';
  return answered < applicable ? 'inProgress' : 'done';
}

function dutiesView({ assessment, questionnaire }: Overview) {
  const all = questionnaire.customerDuties;
  if (!all) return null;
  const given = Object.values(assessment.customerDuties);
  return { title: all.title, answered: given.length, no: given.filter((answer) => answer === 'no').length };
}

function eventView({ at, actorKind, actorName, action, subject, details, count }: TrailRow) {
  return {
    at,
    who: actorName,
    roleKey: `assessments.actor.${actorKind}`,
    words: eventWords(action, subject, details),
    subject,
    count: count > 1 ? count : null,
  };
}
