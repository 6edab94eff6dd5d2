CREATE TABLE "rm_catalogue" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"supplier_org_id" text NOT NULL,
	"part_no" text NOT NULL,
	"brand" text NOT NULL,
	"grade" text NOT NULL,
	"name_ko" text NOT NULL,
	"name_en" text NOT NULL,
	"category" text NOT NULL,
	"unit" text NOT NULL,
	"prices" jsonb NOT NULL,
	"price_krw" bigint NOT NULL,
	"next_price_krw" bigint,
	"next_price_from" date,
	"warranty_months" integer NOT NULL,
	"warranty_km" integer NOT NULL,
	"fitments" jsonb NOT NULL,
	"superseded_by" text,
	"discontinued_on" date,
	"recalled" boolean NOT NULL,
	"recall_reason" text,
	"recalled_lots" text[] NOT NULL,
	"listed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_part_order" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"workshop_id" text NOT NULL,
	"number" text NOT NULL,
	"plate" text NOT NULL,
	"open" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_part_request" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"repair_order_id" text NOT NULL,
	"order_number" text,
	"order_open" boolean NOT NULL,
	"plate" text,
	"workshop_id" text,
	"line_id" text NOT NULL,
	"part_id" text NOT NULL,
	"part_no" text,
	"part_brand" text,
	"part_name" text,
	"part_name_en" text,
	"qty" double precision NOT NULL,
	"missing_qty" double precision,
	"used_qty" double precision NOT NULL,
	"stock_id" text,
	"needed_by" timestamp with time zone NOT NULL,
	"expected_on" date,
	"substitute_for" text,
	"requested_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_po" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"number" text NOT NULL,
	"buyer_org_id" text NOT NULL,
	"supplier_org_id" text NOT NULL,
	"warehouse_id" text NOT NULL,
	"origin" text,
	"origin_ids" text[] NOT NULL,
	"lines" jsonb NOT NULL,
	"total_krw" bigint NOT NULL,
	"shipments" jsonb NOT NULL,
	"receipts" jsonb NOT NULL,
	"disputed" boolean NOT NULL,
	"reason" text,
	"drafted_at" timestamp with time zone NOT NULL,
	"submitted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rm_stock_move" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"stock_id" text NOT NULL,
	"warehouse_id" text NOT NULL,
	"part_id" text NOT NULL,
	"movement_id" text NOT NULL,
	"kind" text NOT NULL,
	"qty" integer NOT NULL,
	"on_hand_before" integer NOT NULL,
	"on_hand_after" integer NOT NULL,
	"value_krw" bigint,
	"cause_kind" text,
	"cause_id" text,
	"reason" text,
	"lot_no" text,
	"actor_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_stock" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"org_id" text NOT NULL,
	"warehouse_id" text NOT NULL,
	"part_id" text NOT NULL,
	"part_no" text,
	"part_brand" text,
	"part_name" text,
	"part_name_en" text,
	"bin" text NOT NULL,
	"on_hand" integer NOT NULL,
	"reserved" integer NOT NULL,
	"available" integer NOT NULL,
	"inbound" integer NOT NULL,
	"min_qty" integer NOT NULL,
	"reorder_qty" integer NOT NULL,
	"lead_days" integer,
	"low" boolean NOT NULL,
	"avg_cost_krw" bigint NOT NULL,
	"value_krw" bigint NOT NULL,
	"issued_krw" bigint NOT NULL,
	"year" integer NOT NULL,
	"reservations" jsonb NOT NULL,
	"inbound_lines" jsonb NOT NULL,
	"last_move_at" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "rm_catalogue_nameko_id" ON "rm_catalogue" USING btree ("name_ko","id");--> statement-breakpoint
CREATE INDEX "rm_catalogue_supplierorgid" ON "rm_catalogue" USING btree ("supplier_org_id");--> statement-breakpoint
CREATE INDEX "rm_catalogue_partno" ON "rm_catalogue" USING btree ("part_no");--> statement-breakpoint
CREATE INDEX "rm_catalogue_position" ON "rm_catalogue" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_catalogue_party_keys" ON "rm_catalogue" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_part_order_position" ON "rm_part_order" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_part_order_party_keys" ON "rm_part_order" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_part_request_workshopid_requestedat_id" ON "rm_part_request" USING btree ("workshop_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "rm_part_request_repairorderid" ON "rm_part_request" USING btree ("repair_order_id");--> statement-breakpoint
CREATE INDEX "rm_part_request_partid" ON "rm_part_request" USING btree ("part_id");--> statement-breakpoint
CREATE INDEX "rm_part_request_position" ON "rm_part_request" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_part_request_party_keys" ON "rm_part_request" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_po_buyerorgid_draftedat_id" ON "rm_po" USING btree ("buyer_org_id","drafted_at","id");--> statement-breakpoint
CREATE INDEX "rm_po_supplierorgid_draftedat_id" ON "rm_po" USING btree ("supplier_org_id","drafted_at","id");--> statement-breakpoint
CREATE INDEX "rm_po_position" ON "rm_po" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_po_party_keys" ON "rm_po" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_stock_move_stockid_at_id" ON "rm_stock_move" USING btree ("stock_id","at","id");--> statement-breakpoint
CREATE INDEX "rm_stock_move_warehouseid_at_id" ON "rm_stock_move" USING btree ("warehouse_id","at","id");--> statement-breakpoint
CREATE INDEX "rm_stock_move_position" ON "rm_stock_move" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_stock_move_party_keys" ON "rm_stock_move" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_stock_warehouseid_openedat_id" ON "rm_stock" USING btree ("warehouse_id","opened_at","id");--> statement-breakpoint
CREATE INDEX "rm_stock_orgid_openedat_id" ON "rm_stock" USING btree ("org_id","opened_at","id");--> statement-breakpoint
CREATE INDEX "rm_stock_partid" ON "rm_stock" USING btree ("part_id");--> statement-breakpoint
CREATE INDEX "rm_stock_position" ON "rm_stock" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_stock_party_keys" ON "rm_stock" USING gin ("party_keys");