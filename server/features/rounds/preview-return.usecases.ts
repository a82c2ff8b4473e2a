import { lastOpenDay } from '../../domain/assessment/states.ts';
import { paragraphs } from '../../domain/assessment/typed-input.ts';
import { answerText } from '../../domain/questionnaire/answer-text.ts';
import { notFound } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { readAssessment, requireAllowed } from '../assessments/assessment-state.usecases.ts';
import { readCorrespondence } from '../assessments/correspondence.usecases.ts';
import { letterTo } from '../assessments/letters.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { listFlagged } from './flag-question.usecases.ts';
import { handedIn } from './handed-in.usecases.ts';
import { fingerprintOf, inOrder, questionsFor } from './return-answers.usecases.ts';

/**
 * What would be returned, with the mail as it would be sent for this date (YYYY-MM-DD) and note; the link in it is a placeholder.
 * AppError 404, 409 `wrong_state`.
 */
export async function previewReturn(
  services: Services,
  principal: MemberPrincipal,
  assessmentId: string,
  { dueOn, note: typed }: { dueOn: string; note: string },
) {
  const { organisationId } = principal;
  const now = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const assessment = await readAssessment(db, organisationId, assessmentId);
    requireAllowed('assessments.return', assessment, now);
    const flagged = inOrder(assessment, await listFlagged(db, assessment));
    const given = await handedIn(db, assessment);
    const next = { ...assessment, dueOn, round: assessment.round + 1 };
    const about = await readCorrespondence(services, db, principal, next);
    const particulars = {
      link: `${services.config.publicUrl}/v#…`,
      note: paragraphs(typed),
      questions: questionsFor(assessment, flagged),
    };
    const { locale, model, recipient } = letterTo(about, 'returned', now, particulars);
    const [head = '', ...body] = services.templates
      .mail(`returned.${locale}`, locale, { ...model, siteHost: about.host })
      .split(/\r?\n\r?\n/);
    const { byId, questionnaire } = compiledSnapshot(assessment);
    return {
      round: next.round,
      lastDay: lastOpenDay(next),
      seen: fingerprintOf(flagged),
      questions: flagged.map(({ questionId, reason }) => {
        const asked = byId.get(questionId);
        if (!asked) throw notFound();
        const { question, sectionId } = asked;
        const answer = answerText(question, given[questionId]?.value, questionnaire.certificateKinds);
        return { id: questionId, text: question.text, sectionId, reason, answer };
      }),
      mail: { recipient, locale, subject: head.replace(/^Subject:\s*/, ''), text: body.join('\n\n') },
    };
  });
}
