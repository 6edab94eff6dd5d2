CREATE TABLE "rm_notice" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"template" text NOT NULL,
	"title" jsonb NOT NULL,
	"body" jsonb NOT NULL,
	"values" jsonb NOT NULL,
	"roles" text[] NOT NULL,
	"read_by" text[] NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"causation_id" text,
	"correlation_id" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "rm_notice_sentat_id" ON "rm_notice" USING btree ("sent_at","id");--> statement-breakpoint
CREATE INDEX "rm_notice_correlationid" ON "rm_notice" USING btree ("correlation_id");--> statement-breakpoint
CREATE INDEX "rm_notice_position" ON "rm_notice" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_notice_party_keys" ON "rm_notice" USING gin ("party_keys");