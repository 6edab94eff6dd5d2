CREATE TABLE "rm_file_use" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"sha256" text NOT NULL,
	"named_by" text[] NOT NULL
);
--> statement-breakpoint
CREATE INDEX "rm_file_use_sha256" ON "rm_file_use" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "rm_file_use_position" ON "rm_file_use" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_file_use_party_keys" ON "rm_file_use" USING gin ("party_keys");