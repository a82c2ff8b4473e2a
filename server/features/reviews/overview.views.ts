import { answerText } from '../../domain/questionnaire/answer-text.ts';
import type { Localized, Section } from '../../domain/questionnaire/questionnaire.ts';
import { answersHref, questionHref, subjectHref } from './addresses.ts';
import { certificateRows } from './certificates.views.ts';
import { commitmentRows } from './conditions.views.ts';
import { contradictionsView } from './contradictions.views.ts';
import { type Filter, filters, isToConfirm, matching, type ReviewItem, reviewItems } from './filters.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';
import { findingRows, legalView, resultView } from './standing.views.ts';
import { isOpen } from './subjects.ts';

/** The overview: the result as it stands, what is left to review, and the questions `show` asks for. */
export function overviewView(work: AssessmentUnderReview, show: Filter | null) {
  const items = reviewItems(work);
  const firstOpen = work.subjects.find(isOpen);
  return {
    assessment: headView(work),
    ...(work.assessment.state === 'finalised' ? settled : standing),
    result: resultView(work),
    commitments: commitmentRows(work),
    findings: findingRows(work),
    legal: legalView(work),
    certificates: certificateRows(work),
    sections: work.compiled.questionnaire.sections.map((section) => sectionRow(work, section, items)),
    open: work.subjects.filter(isOpen).length,
    hasFiles: work.collected.files.length > 0,
    firstOpenHref: firstOpen ? subjectHref(work.assessment.id, firstOpen) : null,
    filters: filters
      .filter((filter) => filter !== 'changed' || work.round.number > 1)
      .map((filter) => filterView(work, filter, items, show)),
    contradictions: contradictionsView(work),
    round: roundView(work),
    shown: show ? { labelKey: `reviews.show.${show}`, items: listed(work, matching(items, show)) } : null,
  };
}

const standing = { resultHeading: 'reviews.standing', resultHint: 'reviews.standingHint' };
const settled = { resultHeading: 'reviews.settled', resultHint: 'reviews.settledHint' };

/** What every page of a review says above: which assessment, of whom, and whether it can still be changed. */
export function headView({ assessment, mayReview, parties }: AssessmentUnderReview) {
  return {
    id: assessment.id,
    href: `/assessments/${assessment.id}`,
    answersHref: answersHref(assessment.id),
    finalisationHref: `/assessments/${assessment.id}/finalisation`,
    returnHref: `/assessments/${assessment.id}/return`,
    caption: `${assessment.reference}　${parties.vendor}　${parties.service}`,
    mayReview,
    finalised: assessment.state === 'finalised',
    submittedAt: assessment.submittedAt,
    attestation: assessment.attestation && { ...assessment.attestation, remark: assessment.attestation.remark ?? '' },
  };
}

/** How often it was handed in, and what goes back to the vendor. */
function roundView({ assessment, round, mayReview }: AssessmentUnderReview) {
  const href = `/assessments/${assessment.id}/return`;
  return {
    number: round.number > 1 ? round.number : null,
    href: `/assessments/${assessment.id}/rounds/${round.number}`,
    changed: round.changes.size,
    flagged: round.flagged.size,
    isReturned: assessment.state === 'returned',
    dueOn: assessment.dueOn,
    returnHref: mayReview ? href : null,
    withdrawHref: `${href}/withdrawal`,
  };
}

function sectionRow(work: AssessmentUnderReview, section: Section, all: readonly ReviewItem[]) {
  const { assessment, evaluation } = work;
  const items = all.filter(({ sectionId }) => sectionId === section.id);
  const detail = evaluation.why.sections.find(({ id }) => id === section.id);
  return {
    title: section.title,
    href: `${answersHref(assessment.id)}/${section.id}`,
    questions: items.length,
    score: detail?.score?.toFixed(1) ?? null,
    range: sectionRange(work, section.id),
    contribution: detail?.contribution?.toFixed(1) ?? null,
    reason: detail?.reason ?? { ja: '', en: '' },
    failing: matching(items, 'failing').length,
    toConfirm: matching(items, 'toConfirm').length,
    open: items.flatMap(({ subjects }) => subjects.filter(isOpen)).length,
  };
}

/** null where no unsettled condition moves the section. */
function sectionRange({ range }: AssessmentUnderReview, id: string) {
  const own = range?.sections[id];
  return own && own.from !== own.to ? { from: own.from.toFixed(1), to: own.to.toFixed(1) } : null;
}

/** Counts are of questions; several files or certificates under one question are one entry of the list. */
function filterView(
  { assessment }: AssessmentUnderReview,
  filter: Filter,
  items: readonly ReviewItem[],
  show: Filter | null,
) {
  return {
    labelKey: `reviews.show.${filter}`,
    href: `${answersHref(assessment.id)}?show=${filter}#questions`,
    count: matching(items, filter).length,
    current: filter === show,
  };
}

function listed(work: AssessmentUnderReview, items: readonly ReviewItem[]) {
  const { sections, certificateKinds = [] } = work.compiled.questionnaire;
  const titles = new Map<string, Localized>(sections.map(({ id, title }) => [id, title]));
  return items.map(({ question, sectionId, subjects, result, comment, isChanged }) => ({
    id: question.id,
    text: question.text,
    section: titles.get(sectionId) ?? { ja: sectionId, en: sectionId },
    href: questionHref(work.assessment.id, sectionId, question.id),
    answer: answerText(question, work.collected.answers[question.id]?.value, certificateKinds),
    comment,
    isChanged,
    fails: result.fails,
    toConfirm: isToConfirm(result),
    score: result.score === null ? null : String(Math.round(result.score * 100)),
    evidence: [...new Set(subjects.filter(({ takesEvidence }) => takesEvidence).map(({ state }) => state))],
  }));
}
