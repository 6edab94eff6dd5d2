CREATE TABLE "rm_system_health" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"service" text NOT NULL,
	"instance" text NOT NULL,
	"detail" jsonb NOT NULL,
	"projections" jsonb NOT NULL,
	"dead_letters" integer NOT NULL,
	"p95_ms" double precision,
	"sockets" integer NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "rm_fleet_vehicle" ADD COLUMN "off_road" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "rm_fleet_journey" ADD COLUMN "status" text DEFAULT 'underWay' NOT NULL;--> statement-breakpoint
ALTER TABLE "rm_part_request" ADD COLUMN "arrived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "rm_maintenance_plan" ADD COLUMN "done" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "rm_user" ADD COLUMN "notices" jsonb;--> statement-breakpoint
CREATE INDEX "rm_system_health_service_id" ON "rm_system_health" USING btree ("service","id");--> statement-breakpoint
CREATE INDEX "rm_system_health_position" ON "rm_system_health" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_system_health_party_keys" ON "rm_system_health" USING gin ("party_keys");