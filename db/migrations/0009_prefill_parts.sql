ALTER TABLE "prefills" ADD COLUMN "plan" jsonb;--> statement-breakpoint
ALTER TABLE "prefills" ADD COLUMN "conditional" jsonb;--> statement-breakpoint
ALTER TABLE "prefills" ADD COLUMN "withheld" text DEFAULT '' NOT NULL;