CREATE TABLE "rm_budget" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"contract_id" text NOT NULL,
	"fleet_org_id" text,
	"year" integer NOT NULL,
	"category" text NOT NULL,
	"budget_krw" bigint,
	"booked_krw" bigint NOT NULL,
	"burn_pct" double precision
);
--> statement-breakpoint
CREATE TABLE "rm_budget_crossing" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"contract_id" text NOT NULL,
	"fleet_org_id" text,
	"year" integer NOT NULL,
	"category" text NOT NULL,
	"percent" integer NOT NULL,
	"booked_krw" bigint NOT NULL,
	"budget_krw" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_business_use_year" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"vehicle_id" text NOT NULL,
	"fleet_org_id" text,
	"plate" text,
	"year" integer NOT NULL,
	"months" jsonb NOT NULL,
	"total_km" integer NOT NULL,
	"commute_km" integer NOT NULL,
	"business_km" integer NOT NULL,
	"ratio" double precision NOT NULL,
	"cost_krw" bigint NOT NULL,
	"insured" boolean NOT NULL,
	"over15_m" boolean NOT NULL,
	"deductible_krw" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_fleet_contract" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"state" jsonb NOT NULL,
	"status" text NOT NULL,
	"fleet_org_id" text NOT NULL,
	"kind" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"vehicle_ids" text[] NOT NULL,
	"coverage" jsonb NOT NULL,
	"terms" jsonb NOT NULL,
	"budgets" jsonb NOT NULL,
	"policy_id" text,
	"exclusive_insurance" boolean NOT NULL,
	"document_sha256" text,
	"drafted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_cost_ledger" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"contract_id" text NOT NULL,
	"vehicle_id" text NOT NULL,
	"fleet_org_id" text,
	"month" text NOT NULL,
	"year" integer NOT NULL,
	"category" text NOT NULL,
	"supply_krw" bigint NOT NULL,
	"vat_krw" bigint NOT NULL,
	"total_krw" bigint NOT NULL,
	"count" integer NOT NULL,
	"last_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_fleet_vehicle" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"fleet_org_id" text,
	"plate" text NOT NULL,
	"plate_colour" text NOT NULL,
	"make" text NOT NULL,
	"model" text NOT NULL,
	"model_year" integer NOT NULL,
	"fuel" text NOT NULL,
	"first_registered_on" date NOT NULL,
	"acquisition_krw" bigint,
	"odometer_km" integer NOT NULL,
	"odometer_at" timestamp with time zone NOT NULL,
	"custody" jsonb NOT NULL,
	"custody_since" timestamp with time zone NOT NULL,
	"off_road_since" timestamp with time zone,
	"assignment_id" text,
	"assignee_id" text,
	"department" text,
	"assigned_from" date,
	"assigned_to" date,
	"contract_ids" text[] NOT NULL,
	"contracts" jsonb NOT NULL,
	"year" integer NOT NULL,
	"year_start_km" integer NOT NULL,
	"km_year" integer NOT NULL,
	"cost_year_krw" bigint,
	"due" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_fleet_ledger" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"contract_id" text NOT NULL,
	"fleet_org_id" text NOT NULL,
	"year" integer NOT NULL,
	"costs" integer NOT NULL,
	"booked_krw" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_maintenance_plan" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"state" jsonb NOT NULL,
	"status" text NOT NULL,
	"vehicle_id" text NOT NULL,
	"template_id" text NOT NULL,
	"items" jsonb NOT NULL,
	"due" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_policy_version" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"version" integer NOT NULL,
	"effective_from" date NOT NULL,
	"content" jsonb NOT NULL,
	"sha256" text NOT NULL,
	"until" date,
	"policy_id" text NOT NULL,
	"fleet_org_id" text,
	"vehicle_group" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_policy" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"state" jsonb NOT NULL,
	"status" text NOT NULL,
	"fleet_org_id" text NOT NULL,
	"applies_to" jsonb NOT NULL,
	"vehicle_group" text NOT NULL,
	"versions" jsonb NOT NULL,
	"first_on" date,
	"retired_on" date,
	"drafted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_trip_month" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"state" jsonb NOT NULL,
	"status" text NOT NULL,
	"vehicle_id" text NOT NULL,
	"month" text NOT NULL,
	"year" integer NOT NULL,
	"opening_km" integer NOT NULL,
	"closing_km" integer,
	"trips" jsonb NOT NULL,
	"gaps" jsonb NOT NULL,
	"explained" jsonb NOT NULL,
	"total_km" integer NOT NULL,
	"commute_km" integer NOT NULL,
	"business_km" integer NOT NULL,
	"private_km" integer NOT NULL,
	"ratio" double precision NOT NULL,
	"submitted_by" text
);
--> statement-breakpoint
CREATE INDEX "rm_budget_fleetorgid_year_category_id" ON "rm_budget" USING btree ("fleet_org_id","year","category","id");--> statement-breakpoint
CREATE INDEX "rm_budget_contractid" ON "rm_budget" USING btree ("contract_id");--> statement-breakpoint
CREATE INDEX "rm_budget_position" ON "rm_budget" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_budget_party_keys" ON "rm_budget" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_budget_crossing_contractid" ON "rm_budget_crossing" USING btree ("contract_id");--> statement-breakpoint
CREATE INDEX "rm_budget_crossing_position" ON "rm_budget_crossing" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_budget_crossing_party_keys" ON "rm_budget_crossing" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_business_use_year_fleetorgid_year_id" ON "rm_business_use_year" USING btree ("fleet_org_id","year","id");--> statement-breakpoint
CREATE INDEX "rm_business_use_year_vehicleid" ON "rm_business_use_year" USING btree ("vehicle_id");--> statement-breakpoint
CREATE INDEX "rm_business_use_year_position" ON "rm_business_use_year" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_business_use_year_party_keys" ON "rm_business_use_year" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_fleet_contract_fleetorgid_endson_id" ON "rm_fleet_contract" USING btree ("fleet_org_id","ends_on","id");--> statement-breakpoint
CREATE INDEX "rm_fleet_contract_position" ON "rm_fleet_contract" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_fleet_contract_party_keys" ON "rm_fleet_contract" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_cost_ledger_fleetorgid_month_id" ON "rm_cost_ledger" USING btree ("fleet_org_id","month","id");--> statement-breakpoint
CREATE INDEX "rm_cost_ledger_contractid" ON "rm_cost_ledger" USING btree ("contract_id");--> statement-breakpoint
CREATE INDEX "rm_cost_ledger_vehicleid_month" ON "rm_cost_ledger" USING btree ("vehicle_id","month");--> statement-breakpoint
CREATE INDEX "rm_cost_ledger_position" ON "rm_cost_ledger" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_cost_ledger_party_keys" ON "rm_cost_ledger" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_fleet_vehicle_fleetorgid_plate_id" ON "rm_fleet_vehicle" USING btree ("fleet_org_id","plate","id");--> statement-breakpoint
CREATE INDEX "rm_fleet_vehicle_position" ON "rm_fleet_vehicle" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_fleet_vehicle_party_keys" ON "rm_fleet_vehicle" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_fleet_ledger_fleetorgid_year_id" ON "rm_fleet_ledger" USING btree ("fleet_org_id","year","id");--> statement-breakpoint
CREATE INDEX "rm_fleet_ledger_contractid" ON "rm_fleet_ledger" USING btree ("contract_id");--> statement-breakpoint
CREATE INDEX "rm_fleet_ledger_position" ON "rm_fleet_ledger" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_fleet_ledger_party_keys" ON "rm_fleet_ledger" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_maintenance_plan_position" ON "rm_maintenance_plan" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_maintenance_plan_party_keys" ON "rm_maintenance_plan" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_policy_version_fleetorgid_effectivefrom_id" ON "rm_policy_version" USING btree ("fleet_org_id","effective_from","id");--> statement-breakpoint
CREATE INDEX "rm_policy_version_policyid" ON "rm_policy_version" USING btree ("policy_id");--> statement-breakpoint
CREATE INDEX "rm_policy_version_position" ON "rm_policy_version" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_policy_version_party_keys" ON "rm_policy_version" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_policy_fleetorgid_draftedat_id" ON "rm_policy" USING btree ("fleet_org_id","drafted_at","id");--> statement-breakpoint
CREATE INDEX "rm_policy_position" ON "rm_policy" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_policy_party_keys" ON "rm_policy" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_trip_month_vehicleid_month_id" ON "rm_trip_month" USING btree ("vehicle_id","month","id");--> statement-breakpoint
CREATE INDEX "rm_trip_month_position" ON "rm_trip_month" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_trip_month_party_keys" ON "rm_trip_month" USING gin ("party_keys");