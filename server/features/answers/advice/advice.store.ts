import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../../db/client.ts';
import type { StoredState } from '../../../domain/assessment/states.ts';
import type { SubmittedAnswers } from '../../../domain/round/submitted.ts';

/** What advice rests on beside the answers of the moment. `previous` is the submission before this one. */
export type AdviceBasis = {
  isOn: boolean;
  state: StoredState;
  round: number;
  dueOn: string;
  /** Ids of the questions with a remark. */
  remarked: readonly string[];
  previous: { answers: SubmittedAnswers; submittedAt: Date } | null;
};

/**
 * In one round trip; `round` is the one looked at, absent the one being answered. The submission before is the earlier round of this assessment, else the latest one about the same service and
 * questionnaire from before this one was sent: it never changes while this one is answered.
 */
export async function readAdviceBasis(
  db: Transaction,
  organisationId: string,
  assessmentId: string,
  round?: number,
): Promise<AdviceBasis | null> {
  const { rows } = await db.execute<Row>(sql`
    select coalesce((a.settings ->> 'advice')::boolean, true) as is_on, a.state, a.round, a.due_on, before.answers, before.submitted_at,
      (select coalesce(json_agg(question_id), '[]') from answers
        where organisation_id = ${organisationId} and assessment_id = ${assessmentId} and comment <> '') as remarked
    from assessments a left join lateral (
      select r.answers, r.submitted_at from rounds r
      join assessments o on o.organisation_id = r.organisation_id and o.id = r.assessment_id
      where r.organisation_id = a.organisation_id and o.service_id = a.service_id
        and o.questionnaire_id = a.questionnaire_id
        and case when o.id = a.id then r.round < coalesce(${round ?? null}::integer, a.round) else r.submitted_at < a.sent_at end
      order by (o.id = a.id) desc, r.submitted_at desc limit 1
    ) before on true
    where a.organisation_id = ${organisationId} and a.id = ${assessmentId}`);
  const row = rows[0];
  if (!row) return null;
  const { is_on: isOn, due_on: dueOn, remarked, answers, submitted_at: submittedAt } = row;
  const previous = answers && submittedAt ? { answers, submittedAt: new Date(submittedAt) } : null;
  return { isOn, state: row.state, round: row.round, dueOn, remarked, previous };
}

type Row = {
  is_on: boolean;
  state: StoredState;
  round: number;
  due_on: string;
  remarked: string[];
  answers: SubmittedAnswers | null;
  submitted_at: Date | string | null;
};
