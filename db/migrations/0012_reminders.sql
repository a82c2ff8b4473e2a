CREATE TABLE "reminders" (
	"organisation_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"link_id" uuid NOT NULL,
	"due_on" date NOT NULL,
	"step" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"mail_id" uuid,
	CONSTRAINT "reminders_organisation_id_assessment_id_round_link_id_due_on_step_pk" PRIMARY KEY("organisation_id","assessment_id","round","link_id","due_on","step")
);
--> statement-breakpoint
ALTER TABLE "assessments" ALTER COLUMN "settings" SET DEFAULT '{"advice":true,"emailDomains":[],"prefillMonths":24,"plans":true,"reminders":true}'::jsonb;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_organisation_id_assessment_id_assessments_organisation_id_id_fk" FOREIGN KEY ("organisation_id","assessment_id") REFERENCES "public"."assessments"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_organisation_id_link_id_respondent_links_organisation_id_id_fk" FOREIGN KEY ("organisation_id","link_id") REFERENCES "public"."respondent_links"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_organisation_id_mail_id_mails_organisation_id_id_fk" FOREIGN KEY ("organisation_id","mail_id") REFERENCES "public"."mails"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- No tenant set, no rows, as everywhere.
ALTER TABLE reminders ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE reminders FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON reminders USING (organisation_id = (SELECT current_organisation())) WITH CHECK (organisation_id = (SELECT current_organisation()));
--> statement-breakpoint
-- What was sent before there were reminders was sent by somebody who was told of none: it gets them when somebody asks for them.
-- Forced row-level security would hide every row from the owner too; nobody else sees this table until this transaction ends.
ALTER TABLE assessments NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE assessments SET settings = settings || jsonb_build_object('reminders', state = 'draft');
--> statement-breakpoint
ALTER TABLE assessments FORCE ROW LEVEL SECURITY;
