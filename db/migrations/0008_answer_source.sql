-- As before; besides, `change.source` names where an answer came from when nobody typed it on a page (workbook, earlier answers):
-- the audit event records it.
CREATE OR REPLACE FUNCTION save_answer(
  in_organisation uuid, in_assessment uuid, in_question text, based_on integer, change jsonb,
  in_link uuid, person text, moment timestamptz
) RETURNS TABLE (
  state text, due_on text, grace_days integer, questionnaire_hash text,
  saved integer, had integer, before jsonb, "values" jsonb, na_reasons jsonb
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  target record;
  old answers%ROWTYPE;
  new_value jsonb;
  new_reason text;
  new_comment text;
  new_plan jsonb;
  new_conditional jsonb;
  new_withheld text;
  new_revision integer;
BEGIN
  SELECT a.state, a.due_on, a.grace_days, a.questionnaire_hash INTO target
    FROM assessments a WHERE a.organisation_id = in_organisation AND a.id = in_assessment FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT * INTO old FROM answers a
    WHERE a.organisation_id = in_organisation AND a.assessment_id = in_assessment AND a.question_id = in_question;
  new_value := CASE WHEN change ? 'value' THEN nullif(change -> 'value', 'null'::jsonb) ELSE old.value END;
  new_reason := coalesce(change ->> 'naReason', old.na_reason, '');
  IF new_value IS DISTINCT FROM '"na"'::jsonb THEN new_reason := ''; END IF;
  new_comment := coalesce(change ->> 'comment', old.comment, '');
  new_plan := CASE WHEN change ? 'plan' THEN nullif(change -> 'plan', 'null'::jsonb) ELSE old.plan END;
  new_conditional := CASE WHEN change ? 'conditional' THEN nullif(change -> 'conditional', 'null'::jsonb) ELSE old.conditional END;
  new_withheld := coalesce(change ->> 'withheld', old.withheld, '');

  IF coalesce(old.revision, 0) = based_on THEN
    INSERT INTO answers AS a
      (organisation_id, assessment_id, question_id, revision, value, na_reason, comment, plan, conditional, withheld, updated_at, updated_by)
      VALUES (in_organisation, in_assessment, in_question, 1, new_value, new_reason, new_comment, new_plan, new_conditional,
        new_withheld, moment, person)
      ON CONFLICT (organisation_id, assessment_id, question_id) DO UPDATE
        SET revision = a.revision + 1, value = new_value, na_reason = new_reason, comment = new_comment,
            plan = new_plan, conditional = new_conditional, withheld = new_withheld,
            updated_at = moment, updated_by = person
        WHERE a.revision = based_on
      RETURNING a.revision INTO new_revision;
    INSERT INTO audit_events
      (organisation_id, id, assessment_id, at, actor_kind, actor_id, actor_name, action, subject, details)
      VALUES (in_organisation, gen_random_uuid(), in_assessment, moment, 'respondent', in_link, person, 'answer.saved',
        in_question, jsonb_build_object('revision', new_revision,
          'from', answer_record(old.value, old.na_reason, old.comment, old.plan, old.conditional, old.withheld),
          'to', answer_record(new_value, new_reason, new_comment, new_plan, new_conditional, new_withheld))
          || CASE WHEN change ? 'source' THEN jsonb_build_object('source', change -> 'source') ELSE '{}'::jsonb END);
  ELSIF old.revision = based_on + 1 AND old.updated_by = person AND old.value IS NOT DISTINCT FROM new_value
        AND old.na_reason = new_reason AND old.comment = new_comment AND old.plan IS NOT DISTINCT FROM new_plan
        AND old.conditional IS NOT DISTINCT FROM new_conditional AND old.withheld = new_withheld THEN
    -- The same save again, because its reply got lost on the way: already done.
    new_revision := old.revision;
  END IF;

  RETURN QUERY
    SELECT target.state, target.due_on::text, target.grace_days, target.questionnaire_hash, new_revision,
      CASE WHEN jsonb_typeof(old.value) = 'array' THEN jsonb_array_length(old.value) ELSE 0 END,
      CASE WHEN new_revision IS NULL AND old.revision IS NOT NULL THEN jsonb_build_object('revision', old.revision, 'value', old.value,
        'naReason', old.na_reason, 'comment', old.comment, 'plan', old.plan, 'conditional', old.conditional, 'withheld', old.withheld,
        'updatedAt', old.updated_at, 'updatedBy', old.updated_by) END,
      jsonb_object_agg(a.question_id, a.value) FILTER (WHERE a.value IS NOT NULL),
      jsonb_object_agg(a.question_id, a.na_reason) FILTER (WHERE a.na_reason <> '')
    FROM answers a WHERE a.organisation_id = in_organisation AND a.assessment_id = in_assessment;
END $$;
