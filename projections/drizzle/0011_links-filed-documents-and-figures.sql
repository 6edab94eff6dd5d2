CREATE TABLE "rm_delivery_car" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"body_kind" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_driver_card" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"driver_name" text,
	"licence_class" text,
	"insured_to" date
);
--> statement-breakpoint
CREATE TABLE "rm_driver_shift" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"driver_id" text NOT NULL,
	"transport_org_id" text,
	"day" date NOT NULL,
	"n" integer NOT NULL,
	"area" text,
	"planned_from" timestamp with time zone,
	"planned_to" timestamp with time zone,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"forced_by" text,
	"reason" text,
	"delivery_id" text,
	"jobs" integer NOT NULL,
	"minutes" integer,
	"earning_krw" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_ws_order_invoice" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"number" text,
	"status" text NOT NULL,
	"payer_id" text NOT NULL,
	"total_krw" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "rm_delivery" ADD COLUMN "body_kind" text;--> statement-breakpoint
ALTER TABLE "rm_dispatch_board" ADD COLUMN "body_kind" text;--> statement-breakpoint
ALTER TABLE "rm_dispatch_board" ADD COLUMN "transport_org_id" text;--> statement-breakpoint
ALTER TABLE "rm_driver_home" ADD COLUMN "driver_name" text;--> statement-breakpoint
ALTER TABLE "rm_driver_home" ADD COLUMN "licence_class" text;--> statement-breakpoint
ALTER TABLE "rm_driver_home" ADD COLUMN "insured_to" date;--> statement-breakpoint
ALTER TABLE "rm_driver_home" ADD COLUMN "start_geo" jsonb;--> statement-breakpoint
ALTER TABLE "rm_driver_home" ADD COLUMN "last_job_id" text;--> statement-breakpoint
ALTER TABLE "rm_driver_home" ADD COLUMN "place" jsonb;--> statement-breakpoint
ALTER TABLE "rm_invoice" ADD COLUMN "documents" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "rm_ws_order" ADD COLUMN "invoice_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "rm_ws_order" ADD COLUMN "invoices" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
CREATE INDEX "rm_delivery_car_position" ON "rm_delivery_car" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_delivery_car_party_keys" ON "rm_delivery_car" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_driver_card_position" ON "rm_driver_card" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_driver_card_party_keys" ON "rm_driver_card" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_driver_shift_driverid_day_id" ON "rm_driver_shift" USING btree ("driver_id","day","id");--> statement-breakpoint
CREATE INDEX "rm_driver_shift_transportorgid_day_id" ON "rm_driver_shift" USING btree ("transport_org_id","day","id");--> statement-breakpoint
CREATE INDEX "rm_driver_shift_position" ON "rm_driver_shift" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_driver_shift_party_keys" ON "rm_driver_shift" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_ws_order_invoice_position" ON "rm_ws_order_invoice" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_ws_order_invoice_party_keys" ON "rm_ws_order_invoice" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_driver_home_lastjobid" ON "rm_driver_home" USING btree ("last_job_id");--> statement-breakpoint
CREATE INDEX "rm_ws_order_invoiceids" ON "rm_ws_order" USING gin ("invoice_ids");