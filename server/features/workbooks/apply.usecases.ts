import type { Transaction } from '../../../db/client.ts';
import { AppError, type Message } from '../../errors.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { saveAnswerIn } from '../answers/save-answer.usecases.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { markApplied } from './imports.store.ts';
import { type PreviewRow, previewIn } from './preview.usecases.ts';
import { atSavepoint } from './savepoint.store.ts';

/** Which questions to take over: those ticked, or everything that asks for no choice. `seen`: the revision a person looked at. */
export type Selection = { take: ReadonlySet<string> | 'all'; seen: ReadonlyMap<string, number> };
export type Applied = { taken: readonly string[]; refused: ReadonlyMap<string, Message> };

/**
 * Takes answers over from an uploaded workbook in one transaction, each saved as if typed on its page. One that is refused leaves
 * the others alone; what is already as the workbook says is not saved again, so doing it twice does nothing more.
 * Throws AppError 404 `workbook_expired`, 409 `wrong_state`.
 */
export async function applyWorkbook(
  services: Services,
  respondent: RespondentPrincipal,
  id: string,
  selection: Selection,
): Promise<Applied> {
  const { organisationId, assessmentId } = respondent;
  const at = services.clock.now();
  return services.database.inOrganisation(organisationId, async (db) => {
    const { row, rows } = await previewIn(db, respondent, id, at);
    const taken: string[] = [];
    const refused = new Map<string, Message>();
    for (const one of rows.filter((one) => isSelected(one, selection))) {
      const { id: questionId } = one.asked.question;
      const reason = await save(db, respondent, one, { seen: selection.seen.get(questionId), at });
      if (reason) refused.set(questionId, reason);
      else taken.push(questionId);
    }
    if (taken.length > 0) {
      await markApplied(db, row, at);
      const details = { name: row.name, sha256: row.content.sha256, questions: taken };
      await recordEvent(db, {
        organisationId,
        assessmentId,
        at,
        actor: actorOf(respondent),
        action: 'workbook.applied',
        details,
      });
    }
    return { taken, refused };
  });
}

/** "All" leaves out what would overwrite a newer answer or empty one: that is chosen one by one. */
function isSelected({ asked, difference, blocked }: PreviewRow, { take }: Selection): boolean {
  if (difference === 'unchanged') return false;
  if (take !== 'all') return take.has(asked.question.id);
  return blocked === null && (difference === 'added' || difference === 'changed');
}

/** Why it could not be saved, or null. A savepoint each, so that a refusal takes nothing else back. */
async function save(
  db: Transaction,
  respondent: RespondentPrincipal,
  { asked, entry, now }: PreviewRow,
  { seen, at }: { seen: number | undefined; at: Date },
): Promise<Message | null> {
  const input = { ...entry.content, revision: seen ?? now.revision, source: 'workbook' as const };
  try {
    await atSavepoint(db, () => saveAnswerIn(db, respondent, asked.question.id, input, at));
    return null;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'wrong_state') throw error;
    return error.fields[0]?.message ?? error.publicMessage;
  }
}
