CREATE TABLE "rm_audit_case" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"auditor_id" text NOT NULL,
	"org_ids" text[] NOT NULL,
	"period" jsonb NOT NULL,
	"scopes" text[] NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"approved_by" text NOT NULL,
	"findings" jsonb NOT NULL,
	"open_findings" integer NOT NULL,
	"actions" jsonb NOT NULL,
	"disclosed" jsonb NOT NULL,
	"break_glass" jsonb NOT NULL,
	"report_sha256" text,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rm_fleet_journey" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"vehicle_id" text,
	"started_with" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"streams" text[] NOT NULL,
	"steps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_process" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"process" text NOT NULL,
	"key" text NOT NULL,
	"step" text NOT NULL,
	"sent" text[] NOT NULL,
	"timers" jsonb NOT NULL,
	"next_timer_at" timestamp with time zone,
	"inputs" integer NOT NULL,
	"refusals" integer NOT NULL,
	"last_refusal" text,
	"correlation_id" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_reminder" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"source" text NOT NULL,
	"vehicle_id" text NOT NULL,
	"plate" text,
	"reminder_id" text,
	"kind" text NOT NULL,
	"item_code" text,
	"due_on" date,
	"due_km" integer,
	"note" text,
	"urgency" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_setting_at" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"value" jsonb,
	"value_hash" text,
	"from" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	"reason" text,
	"by" text NOT NULL,
	"setting_id" text NOT NULL,
	"version" text NOT NULL,
	"scope" text NOT NULL,
	"key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_setting" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"type" text,
	"secret" boolean NOT NULL,
	"min" integer,
	"max" integer,
	"options" text[] NOT NULL,
	"variants" text[] NOT NULL,
	"kill_switch" boolean NOT NULL,
	"versions" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_vehicle_delivery" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"vehicle_id" text NOT NULL,
	"number" text NOT NULL,
	"status" text NOT NULL,
	"open" boolean NOT NULL,
	"eta" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rm_vehicle_history" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"kind" text NOT NULL,
	"vehicle_id" text,
	"on" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"workshop_id" text,
	"place" text,
	"items" text[] NOT NULL,
	"odometer_km" integer,
	"cost_krw" bigint,
	"repair_order_id" text,
	"delivery_id" text,
	"statement_number" text,
	"note" text
);
--> statement-breakpoint
ALTER TABLE "rm_owner_vehicle" ADD COLUMN "open_delivery_id" text;--> statement-breakpoint
ALTER TABLE "rm_owner_vehicle" ADD COLUMN "open_delivery" jsonb;--> statement-breakpoint
ALTER TABLE "rm_owner_vehicle" ADD COLUMN "due_items" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
CREATE INDEX "rm_audit_case_openedat_id" ON "rm_audit_case" USING btree ("opened_at","id");--> statement-breakpoint
CREATE INDEX "rm_audit_case_position" ON "rm_audit_case" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_audit_case_party_keys" ON "rm_audit_case" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_fleet_journey_startedat_id" ON "rm_fleet_journey" USING btree ("started_at","id");--> statement-breakpoint
CREATE INDEX "rm_fleet_journey_vehicleid" ON "rm_fleet_journey" USING btree ("vehicle_id");--> statement-breakpoint
CREATE INDEX "rm_fleet_journey_position" ON "rm_fleet_journey" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_fleet_journey_streams" ON "rm_fleet_journey" USING gin ("streams");--> statement-breakpoint
CREATE INDEX "rm_fleet_journey_party_keys" ON "rm_fleet_journey" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_process_toldat_id" ON "rm_process" USING btree ("told_at","id");--> statement-breakpoint
CREATE INDEX "rm_process_process_status" ON "rm_process" USING btree ("process","status");--> statement-breakpoint
CREATE INDEX "rm_process_correlationid" ON "rm_process" USING btree ("correlation_id");--> statement-breakpoint
CREATE INDEX "rm_process_position" ON "rm_process" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_process_party_keys" ON "rm_process" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_reminder_vehicleid_id" ON "rm_reminder" USING btree ("vehicle_id","id");--> statement-breakpoint
CREATE INDEX "rm_reminder_urgency_vehicleid_id" ON "rm_reminder" USING btree ("urgency","vehicle_id","id");--> statement-breakpoint
CREATE INDEX "rm_reminder_position" ON "rm_reminder" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_reminder_party_keys" ON "rm_reminder" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_setting_at_scope_key_from_id" ON "rm_setting_at" USING btree ("scope","key","from","id");--> statement-breakpoint
CREATE INDEX "rm_setting_at_settingid" ON "rm_setting_at" USING btree ("setting_id");--> statement-breakpoint
CREATE INDEX "rm_setting_at_position" ON "rm_setting_at" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_setting_at_party_keys" ON "rm_setting_at" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_setting_scope_key_id" ON "rm_setting" USING btree ("scope","key","id");--> statement-breakpoint
CREATE INDEX "rm_setting_position" ON "rm_setting" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_setting_party_keys" ON "rm_setting" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_vehicle_delivery_position" ON "rm_vehicle_delivery" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_vehicle_delivery_party_keys" ON "rm_vehicle_delivery" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_vehicle_history_vehicleid_at_id" ON "rm_vehicle_history" USING btree ("vehicle_id","at","id");--> statement-breakpoint
CREATE INDEX "rm_vehicle_history_repairorderid" ON "rm_vehicle_history" USING btree ("repair_order_id");--> statement-breakpoint
CREATE INDEX "rm_vehicle_history_deliveryid" ON "rm_vehicle_history" USING btree ("delivery_id");--> statement-breakpoint
CREATE INDEX "rm_vehicle_history_position" ON "rm_vehicle_history" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_vehicle_history_party_keys" ON "rm_vehicle_history" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_fleet_vehicle_contractids" ON "rm_fleet_vehicle" USING gin ("contract_ids");--> statement-breakpoint
CREATE INDEX "rm_owner_vehicle_opendeliveryid" ON "rm_owner_vehicle" USING btree ("open_delivery_id");