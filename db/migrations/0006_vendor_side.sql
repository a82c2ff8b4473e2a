CREATE TABLE "messages" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"question_id" text,
	"kind" text NOT NULL,
	"author_kind" text NOT NULL,
	"author_id" uuid NOT NULL,
	"author_name" text NOT NULL,
	"body" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "messages_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "prefills" (
	"organisation_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"source" jsonb NOT NULL,
	"value" jsonb,
	"na_reason" text DEFAULT '' NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"offered_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	CONSTRAINT "prefills_organisation_id_assessment_id_question_id_pk" PRIMARY KEY("organisation_id","assessment_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "workbook_imports" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"link_id" uuid NOT NULL,
	"name" text NOT NULL,
	"content" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"applied_at" timestamp with time zone,
	CONSTRAINT "workbook_imports_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"step" integer NOT NULL,
	"link_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"remark" text DEFAULT '' NOT NULL,
	"fingerprint" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "approvals_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "presences" (
	"organisation_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"link_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "presences_organisation_id_assessment_id_link_id_pk" PRIMARY KEY("organisation_id","assessment_id","link_id")
);
--> statement-breakpoint
CREATE TABLE "returned_questions" (
	"organisation_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"question_id" text NOT NULL,
	"reason" text NOT NULL,
	"marked_by" uuid NOT NULL,
	"marked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "returned_questions_organisation_id_assessment_id_round_question_id_pk" PRIMARY KEY("organisation_id","assessment_id","round","question_id")
);
--> statement-breakpoint
CREATE TABLE "returns" (
	"organisation_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"note" text NOT NULL,
	"due_on" date NOT NULL,
	"returned_at" timestamp with time zone NOT NULL,
	"returned_by" uuid NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "returns_organisation_id_assessment_id_round_pk" PRIMARY KEY("organisation_id","assessment_id","round")
);
--> statement-breakpoint
CREATE TABLE "rounds" (
	"organisation_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	"receipt_number" text NOT NULL,
	"attestation" jsonb NOT NULL,
	"answers" jsonb NOT NULL,
	CONSTRAINT "rounds_organisation_id_assessment_id_round_pk" PRIMARY KEY("organisation_id","assessment_id","round")
);
--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "plan" jsonb;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "conditional" jsonb;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "withheld" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "evidence_files" ADD COLUMN "expires_on" date;--> statement-breakpoint
ALTER TABLE "evidence_files" ADD COLUMN "scan_state" text DEFAULT 'notScanned' NOT NULL;--> statement-breakpoint
ALTER TABLE "evidence_files" ADD COLUMN "scan_detail" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "evidence_files" ADD COLUMN "scanned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "condition_holds" boolean;--> statement-breakpoint
ALTER TABLE "assessments" ADD COLUMN "settings" jsonb DEFAULT '{"advice":true,"emailDomains":[],"prefillMonths":24,"plans":true}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "assessments" ADD COLUMN "approval_steps" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "assessments" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "assessments" ADD COLUMN "page_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "respondent_links" ADD COLUMN "locale" text DEFAULT 'ja' NOT NULL;--> statement-breakpoint
ALTER TABLE "respondent_links" ADD COLUMN "role" text DEFAULT 'respondent' NOT NULL;--> statement-breakpoint
ALTER TABLE "respondent_links" ADD COLUMN "scope" jsonb;--> statement-breakpoint
ALTER TABLE "respondent_links" ADD COLUMN "due_on" date;--> statement-breakpoint
ALTER TABLE "respondent_links" ADD COLUMN "invited_by" uuid;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_organisation_id_assessment_id_assessments_organisation_id_id_fk" FOREIGN KEY ("organisation_id","assessment_id") REFERENCES "public"."assessments"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prefills" ADD CONSTRAINT "prefills_organisation_id_assessment_id_assessments_organisation_id_id_fk" FOREIGN KEY ("organisation_id","assessment_id") REFERENCES "public"."assessments"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workbook_imports" ADD CONSTRAINT "workbook_imports_organisation_id_link_id_respondent_links_organisation_id_id_fk" FOREIGN KEY ("organisation_id","link_id") REFERENCES "public"."respondent_links"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_organisation_id_link_id_respondent_links_organisation_id_id_fk" FOREIGN KEY ("organisation_id","link_id") REFERENCES "public"."respondent_links"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "presences" ADD CONSTRAINT "presences_organisation_id_link_id_respondent_links_organisation_id_id_fk" FOREIGN KEY ("organisation_id","link_id") REFERENCES "public"."respondent_links"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "returned_questions" ADD CONSTRAINT "returned_questions_organisation_id_assessment_id_assessments_organisation_id_id_fk" FOREIGN KEY ("organisation_id","assessment_id") REFERENCES "public"."assessments"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "returns" ADD CONSTRAINT "returns_organisation_id_assessment_id_assessments_organisation_id_id_fk" FOREIGN KEY ("organisation_id","assessment_id") REFERENCES "public"."assessments"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_organisation_id_assessment_id_assessments_organisation_id_id_fk" FOREIGN KEY ("organisation_id","assessment_id") REFERENCES "public"."assessments"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_assessment" ON "messages" USING btree ("organisation_id","assessment_id","at");--> statement-breakpoint
CREATE INDEX "approvals_assessment" ON "approvals" USING btree ("organisation_id","assessment_id");--> statement-breakpoint
ALTER TABLE "sessions" DROP COLUMN "new_device";