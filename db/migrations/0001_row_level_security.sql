-- Row-level security: no tenant set, no rows. FORCE binds the owner too; drizzle-kit never writes it.
-- The tenant of a transaction is set with set_config('app.organisation', …, true) and ends with it.
CREATE FUNCTION current_organisation() RETURNS uuid LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('app.organisation', true), '')::uuid $$;
--> statement-breakpoint
-- A secret the caller has shown (hash of a link token or session id); lets exactly its row be found before the tenant is known.
CREATE FUNCTION shown_credential() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('app.credential', true), '') $$;
--> statement-breakpoint
ALTER TABLE organisations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE organisations FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON organisations USING (id = (SELECT current_organisation())) WITH CHECK (id = (SELECT current_organisation()));
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['members','sign_in_links','vendors','services','assessments','respondent_links','respondent_codes',
    'sessions','answers','evidence_files','reviews','evaluations','reports','report_files','audit_events','mails'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I USING (organisation_id = (SELECT current_organisation())) WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE POLICY by_email ON members FOR SELECT USING (email = (SELECT shown_credential()));
--> statement-breakpoint
CREATE POLICY by_token ON sign_in_links FOR SELECT USING (token_hash = (SELECT shown_credential()));
--> statement-breakpoint
CREATE POLICY by_token ON respondent_links FOR SELECT USING (token_hash = (SELECT shown_credential()));
--> statement-breakpoint
CREATE POLICY by_id ON sessions FOR SELECT USING (id::text = (SELECT shown_credential()));
