import { eventWords } from '../../domain/assessment/event-words.ts';
import { type Action, permissionOf, type Role, roleMay } from '../../domain/assessment/permissions.ts';
import { type AssessmentState, isOpen, lastOpenDay } from '../../domain/assessment/states.ts';
import type { TrailRow } from '../audit/audit.store.ts';
import { deliveryView, dueView, shownReference } from './assessments.views.ts';
import type { readOverview } from './overview.usecases.ts';
import { peopleView } from './people-list.views.ts';

type Overview = Awaited<ReturnType<typeof readOverview>>;

/** The page of one assessment: how it stands, what can be done now, what happened. */
export function assessmentView(read: Overview, role: Role, now: Date) {
  const { assessment, state, vendor, service, questionnaire } = read;
  const href = `/assessments/${assessment.id}`;
  const letters = read.letters.map(deliveryView);
  const failed = letters[0]?.failed === true && isOpen(state);
  const isLapsed = assessment.state === 'returned' && state === 'expired';
  return {
    href,
    state,
    stateKey: isLapsed ? 'rounds.next.lapsed' : `assessments.next.${state}`,
    returned: roundView(read),
    reference: shownReference(assessment.reference),
    vendor: { name: vendor.name, href: `/vendors/${vendor.id}` },
    service: service.name,
    questionnaire: {
      title: questionnaire.title,
      version: questionnaire.version,
      href: `/questionnaires/${questionnaire.id}/${questionnaire.version}`,
      hash: assessment.questionnaireHash.slice(0, 12),
    },
    contact: {
      name: assessment.contactName,
      email: assessment.contactEmail,
      localeKey: `assessments.locale.${assessment.contactLocale}`,
    },
    due: dueView({ dueOn: assessment.dueOn, state }, now),
    lastDay: lastOpenDay(assessment),
    graceDays: assessment.graceDays,
    purpose: assessment.purpose,
    sentAt: assessment.sentAt,
    submittedAt: assessment.submittedAt,
    attestation: assessment.attestation
      ? { name: assessment.attestation.name, title: assessment.attestation.title }
      : null,
    receiptNumber: assessment.receiptNumber,
    finalisedAt: assessment.finalisedAt,
    asOf: assessment.asOf,
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

/** Which actions the page offers: the permission table asked for this role and state. */
function abilities({ assessment, state, hasLink }: Overview, role: Role, failed: boolean) {
  const isReturned = assessment.state === 'returned';
  const may = (action: Action) => roleMay(role, action) && (permissionOf(action).states?.includes(state) ?? true);
  const abilities = {
    send: may('assessments.send'),
    edit: may('assessments.edit'),
    delete: may('assessments.delete'),
    remind: may('assessments.remind') && hasLink,
    settings: may('assessments.settings'),
    extend: may('assessments.extend') && hasLink,
    showLink: may('links.view') && hasLink,
    changeContact: may('links.edit'),
    revokeLink: may('links.edit') && hasLink,
    revoke: may('assessments.revoke') && !isReturned,
    withdrawReturn: may('assessments.withdrawReturn') && isReturned,
    messages: state !== 'draft',
    resume: may('assessments.resume'),
    duties: may('duties.edit'),
    readAnswers: assessment.submittedAt !== null,
    finalise: may('assessments.finalise'),
    report: state === 'finalised',
    issueReport: may('reports.issue'),
  };
  const manages = [
    'settings',
    'remind',
    'extend',
    'showLink',
    'changeContact',
    'revokeLink',
    'revoke',
    'withdrawReturn',
  ] as const;
  const manage = manages.some((name) => abilities[name]);
  const urgent = {
    resend: failed && abilities.remind,
    replaceLink: !hasLink && abilities.changeContact,
    reopen: state === 'expired' && abilities.extend,
  };
  return { ...abilities, ...urgent, manage, next: manage || abilities.send || abilities.readAnswers };
}

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
