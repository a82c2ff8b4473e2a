-- One round trip from a session id to everything a request needs to know about who is asking.
-- SECURITY INVOKER: row-level security applies; the id itself is the credential, the tenant follows from the row.
CREATE FUNCTION open_session(sid uuid) RETURNS TABLE (
  organisation_id uuid, kind text, last_seen_at timestamptz, expires_at timestamptz, revoked_at timestamptz,
  member_id uuid, member_name text, member_role text, member_disabled_at timestamptz,
  link_id uuid, link_name text, link_email text, link_revoked_at timestamptz, assessment_id uuid
) LANGUAGE plpgsql AS $$
DECLARE org uuid;
BEGIN
  PERFORM set_config('app.credential', sid::text, true);
  SELECT s.organisation_id INTO org FROM sessions s WHERE s.id = sid;
  IF org IS NULL THEN RETURN; END IF;
  PERFORM set_config('app.organisation', org::text, true);
  RETURN QUERY
    SELECT s.organisation_id, s.kind, s.last_seen_at, s.expires_at, s.revoked_at,
           s.member_id, m.name, m.role, m.disabled_at,
           s.link_id, l.name, l.email, l.revoked_at, s.assessment_id
      FROM sessions s
      LEFT JOIN members m ON m.organisation_id = s.organisation_id AND m.id = s.member_id
      LEFT JOIN respondent_links l ON l.organisation_id = s.organisation_id AND l.id = s.link_id
     WHERE s.organisation_id = org AND s.id = sid;
END $$;
