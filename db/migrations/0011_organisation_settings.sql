CREATE TABLE "organisation_logos" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"image" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL,
	"uploaded_by" text NOT NULL,
	CONSTRAINT "organisation_logos_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "organisation_logos_one_each" UNIQUE("organisation_id")
);
--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "address" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "department" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "privacy_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "privacy_email" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "privacy_phone" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "confidentiality_ja" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "confidentiality_en" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "settings_revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "settings_changed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "settings_changed_by" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_logos" ADD CONSTRAINT "organisation_logos_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- No tenant set, no rows, as everywhere.
ALTER TABLE organisation_logos ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE organisation_logos FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON organisation_logos USING (organisation_id = (SELECT current_organisation())) WITH CHECK (organisation_id = (SELECT current_organisation()));
--> statement-breakpoint
-- As before, and for a vendor's person who is asking: the head of every page shows it.
DROP FUNCTION open_session(uuid);
--> statement-breakpoint
CREATE FUNCTION open_session(sid uuid) RETURNS TABLE (
  organisation_id uuid, kind text, last_seen_at timestamptz, expires_at timestamptz, revoked_at timestamptz,
  member_id uuid, member_name text, member_role text, member_disabled_at timestamptz,
  link_id uuid, link_name text, link_email text, link_role text, link_scope jsonb, link_revoked_at timestamptz, assessment_id uuid,
  asker_name text, asker_name_en text, logo_id uuid, logo_width integer, logo_height integer
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
           s.link_id, l.name, l.email, l.role, l.scope, l.revoked_at, s.assessment_id,
           o.name, o.name_en, g.id, g.width, g.height
      FROM sessions s
      LEFT JOIN members m ON m.organisation_id = s.organisation_id AND m.id = s.member_id
      LEFT JOIN respondent_links l ON l.organisation_id = s.organisation_id AND l.id = s.link_id
      LEFT JOIN organisations o ON o.id = s.organisation_id AND s.kind = 'respondent'
      LEFT JOIN organisation_logos g ON g.organisation_id = s.organisation_id AND s.kind = 'respondent'
     WHERE s.organisation_id = org AND s.id = sid;
END $$;
