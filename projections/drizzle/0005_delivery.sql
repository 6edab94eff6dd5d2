CREATE TABLE "rm_delivery" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"number" text NOT NULL,
	"vehicle_id" text NOT NULL,
	"plate" text NOT NULL,
	"make" text NOT NULL,
	"model" text NOT NULL,
	"kind" text NOT NULL,
	"mode" text NOT NULL,
	"requester" jsonb NOT NULL,
	"payer" jsonb,
	"transport_org_id" text,
	"pickup" jsonb NOT NULL,
	"dropoff" jsonb NOT NULL,
	"links" jsonb NOT NULL,
	"notes" text NOT NULL,
	"fare" jsonb,
	"driver_id" text,
	"round" integer NOT NULL,
	"eta" timestamp with time zone,
	"arrived_at_pickup_at" timestamp with time zone,
	"departed_at" timestamp with time zone,
	"pickup_inspection" jsonb,
	"handover" jsonb,
	"distance_km" integer,
	"minutes" integer,
	"incidents" jsonb NOT NULL,
	"track" jsonb,
	"vehicle_left_at" jsonb,
	"reason" text,
	"cancel_fee_krw" bigint,
	"requested_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rm_dispatch_board" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"column" text NOT NULL,
	"region" text NOT NULL,
	"number" text NOT NULL,
	"vehicle_id" text NOT NULL,
	"plate" text NOT NULL,
	"make" text NOT NULL,
	"model" text NOT NULL,
	"kind" text NOT NULL,
	"driver_id" text,
	"round" integer NOT NULL,
	"pickup" jsonb NOT NULL,
	"dropoff" jsonb NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"eta" timestamp with time zone,
	"requested_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_driver_home" (
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
	"shift_id" text NOT NULL,
	"day" date NOT NULL,
	"n" integer NOT NULL,
	"area" text,
	"planned_from" timestamp with time zone,
	"planned_to" timestamp with time zone,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"delivery_id" text,
	"delivery" jsonb,
	"jobs" jsonb NOT NULL,
	"earning_krw" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_offer" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"delivery_id" text NOT NULL,
	"driver_id" text NOT NULL,
	"round" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"offered_at" timestamp with time zone NOT NULL,
	"open" boolean NOT NULL,
	"number" text,
	"make" text,
	"model" text,
	"mode" text,
	"pickup" jsonb,
	"dropoff" jsonb,
	"distance_km" double precision,
	"earning_krw" bigint
);
--> statement-breakpoint
CREATE INDEX "rm_delivery_requestedat_id" ON "rm_delivery" USING btree ("requested_at","id");--> statement-breakpoint
CREATE INDEX "rm_delivery_driverid_requestedat_id" ON "rm_delivery" USING btree ("driver_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "rm_delivery_vehicleid" ON "rm_delivery" USING btree ("vehicle_id");--> statement-breakpoint
CREATE INDEX "rm_delivery_transportorgid_requestedat_id" ON "rm_delivery" USING btree ("transport_org_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "rm_delivery_position" ON "rm_delivery" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_delivery_party_keys" ON "rm_delivery" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_dispatch_board_region_requestedat_id" ON "rm_dispatch_board" USING btree ("region","requested_at","id");--> statement-breakpoint
CREATE INDEX "rm_dispatch_board_position" ON "rm_dispatch_board" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_dispatch_board_party_keys" ON "rm_dispatch_board" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_driver_home_transportorgid_status" ON "rm_driver_home" USING btree ("transport_org_id","status");--> statement-breakpoint
CREATE INDEX "rm_driver_home_deliveryid" ON "rm_driver_home" USING btree ("delivery_id");--> statement-breakpoint
CREATE INDEX "rm_driver_home_position" ON "rm_driver_home" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_driver_home_party_keys" ON "rm_driver_home" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_offer_driverid_offeredat_id" ON "rm_offer" USING btree ("driver_id","offered_at","id");--> statement-breakpoint
CREATE INDEX "rm_offer_deliveryid" ON "rm_offer" USING btree ("delivery_id");--> statement-breakpoint
CREATE INDEX "rm_offer_position" ON "rm_offer" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_offer_party_keys" ON "rm_offer" USING gin ("party_keys");