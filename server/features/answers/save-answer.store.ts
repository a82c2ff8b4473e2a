import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import type { StoredState } from '../../domain/assessment/states.ts';
import type { AnswerPlan, AnswerValue, ConditionalAnswer } from '../../domain/questionnaire/answer.ts';

/** How an answer came in, other than typed on a page. */
export type AnswerSource = 'workbook' | 'prefill' | 'master';

/** `link` and `person` are the respondent's; `revision` is the one the change is based on. */
export type AnswerChange = {
  organisationId: string;
  assessmentId: string;
  questionId: string;
  revision: number;
  change: {
    value?: AnswerValue;
    naReason?: string;
    comment?: string;
    plan?: AnswerPlan | null;
    conditional?: ConditionalAnswer | null;
    withheld?: string;
    /** Where the answer came from when nobody typed it on a page; for the audit trail. */
    source?: AnswerSource;
  };
  linkId: string;
  person: string;
  at: Date;
};

/** The answer as it is now, when the change was based on an older revision. */
export type CurrentAnswer = {
  revision: number;
  value: AnswerValue;
  naReason: string;
  comment: string;
  plan: AnswerPlan | null;
  conditional: ConditionalAnswer | null;
  withheld: string;
  updatedAt: string;
  updatedBy: string;
};

/** What is so once the change is made; nothing lasts until the transaction commits. */
export type SaveOutcome = {
  state: StoredState;
  dueOn: string;
  graceDays: number;
  questionnaireHash: string;
  /** null: stale, nothing was written; `current` then holds the newer answer, if there is one. */
  saved: number | null;
  /** Length of the list that was stored before; 0 for anything else. */
  had: number;
  current: CurrentAnswer | null;
  values: Readonly<Record<string, AnswerValue>>;
  naReasons: Readonly<Record<string, string>>;
  /** Whether the customer takes "planned by …". */
  takesPlans: boolean;
  /** The conditional answer that was stored before this statement; with `saved` it is the one the change was based on. */
  conditionBefore: ConditionalAnswer | null;
};

/** Writes answer and audit event in one round trip (function save_answer); null when there is no such assessment. */
export async function writeAnswer(db: Transaction, input: AnswerChange): Promise<SaveOutcome | null> {
  const { rows } = await db.execute<Row>(
    sql`select saved.*,
        (select (settings ->> 'plans')::boolean from assessments
          where organisation_id = ${input.organisationId} and id = ${input.assessmentId}) as takes_plans,
        (select conditional from answers where organisation_id = ${input.organisationId}
          and assessment_id = ${input.assessmentId} and question_id = ${input.questionId}) as condition_before
      from save_answer(${input.organisationId}, ${input.assessmentId}, ${input.questionId}, ${input.revision},
        ${JSON.stringify(input.change)}, ${input.linkId}, ${input.person}, ${input.at.toISOString()}) saved`,
  );
  const row = rows[0];
  if (!row) return null;
  return {
    state: row.state,
    dueOn: row.due_on,
    graceDays: row.grace_days,
    questionnaireHash: row.questionnaire_hash,
    saved: row.saved,
    had: row.had,
    current: row.before,
    values: row.values ?? {},
    naReasons: row.na_reasons ?? {},
    takesPlans: row.takes_plans,
    conditionBefore: row.condition_before,
  };
}

type Row = {
  state: StoredState;
  due_on: string;
  grace_days: number;
  questionnaire_hash: string;
  saved: number | null;
  had: number;
  before: CurrentAnswer | null;
  values: Record<string, AnswerValue> | null;
  na_reasons: Record<string, string> | null;
  takes_plans: boolean;
  condition_before: ConditionalAnswer | null;
};
