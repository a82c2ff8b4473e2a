import { formatDate, formatDateTime, type Locale } from '../../adapters/template-helpers.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import type { Facts } from '../../domain/workbook/content.ts';
import { buildBook } from '../../domain/workbook/layout.ts';
import { type Meta, signedText } from '../../domain/workbook/meta.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { type Parties, readParties } from '../assessments/parties.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { contentOf, fingerprintOfRow } from './contents.ts';
import { type OwnAnswers, readOwnAnswers } from './own-answers.ts';

export type Exported = { name: string; bytes: Uint8Array };

/**
 * The workbook with this person's questions and the answers so far; `blank`: as if nobody had answered anything yet. Throws AppError
 * 409 `wrong_state`.
 */
export async function exportWorkbook(
  services: Services,
  respondent: RespondentPrincipal,
  locale: Locale,
  blank = false,
): Promise<Exported> {
  const at = services.clock.now();
  const { organisationId, assessmentId } = respondent;
  const { answers, parties } = await services.database.inOrganisation(organisationId, async (db) => {
    const given = await readOwnAnswers(db, respondent, at);
    const answers = blank ? unanswered(given) : given;
    const event = { organisationId, assessmentId, at, actor: actorOf(respondent) };
    await recordEvent(db, { ...event, action: 'workbook.downloaded', details: { questions: answers.own.size } });
    return { answers, parties: await readParties(db, organisationId, assessmentId) };
  });
  const meta = metaOf(answers, at);
  const book = buildBook(
    {
      locale,
      ...answers,
      answers: new Map([...answers.own].map((id) => [id, contentOf(answers.rows.get(id))])),
      plans: answers.outline.settings.plans,
      facts: factsOf(services, respondent, { answers, parties, at, locale }),
    },
    meta,
    services.keys.workbookMac(signedText(meta)),
  );
  const suffix = blank ? { ja: '未記入', en: 'blank' }[locale] : { ja: '回答用', en: 'answers' }[locale];
  return { name: `${answers.outline.reference}_${suffix}.xlsx`, bytes: await services.spreadsheets.write(book) };
}

/** What is filled in is later compared as a first answer: it never silently replaces one given since. */
function unanswered(given: OwnAnswers): OwnAnswers {
  const shown = shownToRespondent(given.compiled, {});
  return { ...given, answers: {}, rows: new Map(), files: new Map(), shown };
}

function metaOf({ outline, own, rows }: OwnAnswers, at: Date): Meta {
  return {
    assessmentId: outline.id,
    reference: outline.reference,
    questionnaireHash: outline.questionnaireHash,
    exportedAt: at.toISOString(),
    answers: [...own].map((questionId) => ({
      questionId,
      revision: rows.get(questionId)?.revision ?? 0,
      fingerprint: fingerprintOfRow(rows.get(questionId)),
    })),
  };
}

type Told = { answers: OwnAnswers; parties: Parties; at: Date; locale: Locale };

function factsOf({ config }: Services, respondent: RespondentPrincipal, { answers, parties, at, locale }: Told): Facts {
  const { customer, vendor, sender, service } = parties;
  return {
    reference: answers.outline.reference,
    customer: customer[locale],
    service: [service.name, service.version].filter(Boolean).join(' '),
    respondent: { ja: `${vendor.ja}　${respondent.name} 様`, en: `${respondent.name}, ${vendor.en}` }[locale],
    dueOn: `${formatDate(answers.outline.dueOn, locale)} ${{ ja: '（日本時間）', en: '(Japan time)' }[locale]}`,
    contact: `${customer[locale]}　${[sender.title, sender.name].filter(Boolean).join(' ')} <${sender.email}>`,
    questionnaire: answers.compiled.questionnaire.title,
    version: answers.compiled.reference,
    exportedAt: formatDateTime(at, locale),
    uploadAt: `${config.publicUrl}/respond/workbook`,
  };
}
