CREATE TABLE "rm_api_key" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"org_id" text NOT NULL,
	"label" text NOT NULL,
	"status" text NOT NULL,
	"scopes" text[] NOT NULL,
	"ip_ranges" text[] NOT NULL,
	"last4" text NOT NULL,
	"hash" text,
	"previous_hash" text,
	"previous_valid_until" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"revoked_reason" text
);
--> statement-breakpoint
CREATE TABLE "rm_approval_inbox" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"waiting" boolean NOT NULL,
	"number" text NOT NULL,
	"workshop_id" text NOT NULL,
	"vehicle_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"plate" text NOT NULL,
	"make" text NOT NULL,
	"model" text NOT NULL,
	"version" integer NOT NULL,
	"lines" jsonb NOT NULL,
	"pending_line_ids" text[] NOT NULL,
	"findings" jsonb NOT NULL,
	"condition_photos" jsonb NOT NULL,
	"answers" jsonb NOT NULL,
	"supply_krw" bigint NOT NULL,
	"vat_krw" bigint NOT NULL,
	"total_krw" bigint NOT NULL,
	"approved_krw" bigint NOT NULL,
	"supplement" boolean NOT NULL,
	"sent_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_ws_bay_card" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_ws_bay" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"bay_id" text NOT NULL,
	"bay_name" text,
	"bay_kind" text,
	"workshop_id" text NOT NULL,
	"day" date NOT NULL,
	"slots" jsonb NOT NULL,
	"blocks" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_ws_board" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"column" text NOT NULL,
	"number" text NOT NULL,
	"workshop_id" text NOT NULL,
	"vehicle_id" text NOT NULL,
	"plate" text NOT NULL,
	"make" text NOT NULL,
	"model" text NOT NULL,
	"customer_kind" text NOT NULL,
	"customer_name" text,
	"complaint" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"promised_at" timestamp with time zone,
	"technician_id" text,
	"technician_name" text,
	"bay_id" text,
	"wait_reason" text,
	"waiting_since" timestamp with time zone,
	"due_at" timestamp with time zone,
	"approved_krw" bigint NOT NULL,
	"lines_done" integer NOT NULL,
	"lines_approved" integer NOT NULL,
	"working" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_core_person" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"name" text
);
--> statement-breakpoint
CREATE TABLE "rm_event_index" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"type" text NOT NULL,
	"category" text NOT NULL,
	"record_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_role" text,
	"org_id" text,
	"command" text NOT NULL,
	"command_id" text NOT NULL,
	"correlation_id" text NOT NULL,
	"causation_id" text NOT NULL,
	"reason_code" text,
	"reason_text" text,
	"device_id" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"digest" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_invoice" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"number" text,
	"seller_org_id" text NOT NULL,
	"payer_id" text NOT NULL,
	"payer" jsonb NOT NULL,
	"buyer_business_no" text,
	"source_id" text NOT NULL,
	"source" jsonb NOT NULL,
	"lines" jsonb NOT NULL,
	"supply_krw" bigint NOT NULL,
	"vat_krw" bigint NOT NULL,
	"total_krw" bigint NOT NULL,
	"paid_krw" bigint NOT NULL,
	"balance_krw" bigint NOT NULL,
	"payments" jsonb NOT NULL,
	"document_kind" text,
	"issued_on" date,
	"due_on" date,
	"sha256" text,
	"credit_note_number" text,
	"drafted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_membership" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"org_id" text NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text,
	"status" text NOT NULL,
	"roles" text[] NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rm_ws_order" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"state" jsonb NOT NULL,
	"status" text NOT NULL,
	"number" text NOT NULL,
	"workshop_id" text NOT NULL,
	"workshop_org_id" text NOT NULL,
	"vehicle_id" text NOT NULL,
	"plate" text NOT NULL,
	"make" text NOT NULL,
	"model" text NOT NULL,
	"model_year" integer NOT NULL,
	"customer_id" text NOT NULL,
	"customer" jsonb NOT NULL,
	"customer_name" text,
	"payer" jsonb NOT NULL,
	"reservation_id" text,
	"delivery_id" text,
	"warranty_of" text,
	"slot" jsonb,
	"odometer_in_km" integer NOT NULL,
	"odometer_out_km" integer,
	"fuel_pct" integer NOT NULL,
	"complaint" text NOT NULL,
	"condition_photos" jsonb NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"promised_at" timestamp with time zone,
	"technician_id" text,
	"technician_name" text,
	"bay_id" text,
	"planned_hours" double precision,
	"findings" jsonb NOT NULL,
	"dtcs" text[] NOT NULL,
	"lines" jsonb NOT NULL,
	"estimates" jsonb NOT NULL,
	"answers" jsonb NOT NULL,
	"pending_line_ids" text[] NOT NULL,
	"due_at" timestamp with time zone,
	"approved_krw" bigint NOT NULL,
	"parts" jsonb NOT NULL,
	"labour" jsonb NOT NULL,
	"worked_minutes" integer NOT NULL,
	"wait_reason" text,
	"waiting_since" timestamp with time zone,
	"notes" jsonb NOT NULL,
	"inspections" jsonb NOT NULL,
	"statement" jsonb,
	"warranty_terms" jsonb NOT NULL,
	"completed_at" timestamp with time zone,
	"hand_over" jsonb,
	"cancel_reason" text,
	"due_krw" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_org" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"business_no" text NOT NULL,
	"address" text NOT NULL,
	"owner_user_id" text NOT NULL,
	"invites" jsonb NOT NULL,
	"partners" jsonb NOT NULL,
	"custom_roles" jsonb NOT NULL,
	"reason" text,
	"registered_at" timestamp with time zone NOT NULL,
	"verified_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rm_owner_vehicle" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"owner_id" text NOT NULL,
	"owner" jsonb NOT NULL,
	"plate" text NOT NULL,
	"plate_colour" text NOT NULL,
	"vin" text NOT NULL,
	"make" text NOT NULL,
	"model" text NOT NULL,
	"trim" text,
	"model_year" integer NOT NULL,
	"fuel" text NOT NULL,
	"displacement_cc" integer,
	"usage" text NOT NULL,
	"body_kind" text NOT NULL,
	"first_registered_on" date NOT NULL,
	"odometer_km" integer NOT NULL,
	"odometer_at" timestamp with time zone NOT NULL,
	"custody" jsonb NOT NULL,
	"custody_since" timestamp with time zone NOT NULL,
	"assignments" jsonb NOT NULL,
	"grants" jsonb NOT NULL,
	"open_dtcs" text[] NOT NULL,
	"reminders" jsonb NOT NULL,
	"open_order_id" text,
	"open_order" jsonb
);
--> statement-breakpoint
CREATE TABLE "rm_ws_person" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"name" text
);
--> statement-breakpoint
CREATE TABLE "projection_checkpoint" (
	"name" text PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"published_position" bigint NOT NULL,
	"generation" integer NOT NULL,
	"stopped_position" bigint,
	"stopped_reason" text
);
--> statement-breakpoint
CREATE TABLE "projection_model" (
	"name" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"rebuilt_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_ws_slots_public" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"workshop_id" text NOT NULL,
	"day" date NOT NULL,
	"busy" jsonb NOT NULL,
	"cells" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_ws_reservation" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"workshop_id" text NOT NULL,
	"workshop_org_id" text NOT NULL,
	"vehicle_id" text NOT NULL,
	"plate" text NOT NULL,
	"make" text NOT NULL,
	"model" text NOT NULL,
	"model_year" integer NOT NULL,
	"requester_id" text NOT NULL,
	"requester" jsonb NOT NULL,
	"requester_name" text,
	"wanted" jsonb NOT NULL,
	"services" jsonb NOT NULL,
	"complaint" text NOT NULL,
	"pickup_wanted" boolean NOT NULL,
	"return_wanted" boolean NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"slot" jsonb,
	"proposal_note" text,
	"advisor_id" text,
	"reschedules" integer NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"arrived_at" timestamp with time zone,
	"odometer_km" integer,
	"repair_order_id" text,
	"reason" text,
	"late_fee_krw" bigint
);
--> statement-breakpoint
CREATE TABLE "stream_chain" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"hash" text NOT NULL,
	"length" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stream_party" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"members" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_tech_queue" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"number" text NOT NULL,
	"workshop_id" text NOT NULL,
	"technician_id" text,
	"active" boolean NOT NULL,
	"plate" text NOT NULL,
	"make" text NOT NULL,
	"model" text NOT NULL,
	"model_year" integer NOT NULL,
	"odometer_in_km" integer NOT NULL,
	"complaint" text NOT NULL,
	"bay_id" text,
	"planned_hours" double precision,
	"promised_at" timestamp with time zone,
	"findings" jsonb NOT NULL,
	"lines" jsonb NOT NULL,
	"parts" jsonb NOT NULL,
	"missing_parts" integer NOT NULL,
	"labour" jsonb NOT NULL,
	"worked_minutes" integer NOT NULL,
	"running_since" timestamp with time zone,
	"wait_reason" text,
	"waiting_since" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_ws_technician" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"workshop_id" text NOT NULL,
	"user_id" text NOT NULL,
	"org_id" text,
	"name" text,
	"status" text NOT NULL,
	"grade" text NOT NULL,
	"skills" text[] NOT NULL,
	"ev_certified" boolean NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_user" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"locale" text NOT NULL,
	"name" text,
	"phone" text,
	"email" text,
	"factors" jsonb NOT NULL,
	"consents" jsonb NOT NULL,
	"licence_class" text,
	"licence_valid_to" date,
	"insurance_valid_to" date,
	"registered_at" timestamp with time zone NOT NULL,
	"erased_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rm_ws_workshop_org" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"org_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rm_workshop" (
	"id" text PRIMARY KEY NOT NULL,
	"stream" text NOT NULL,
	"revision" bigint NOT NULL,
	"position" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"parties" jsonb NOT NULL,
	"party_keys" text[] NOT NULL,
	"status" text NOT NULL,
	"org_id" text NOT NULL,
	"name" text NOT NULL,
	"class" text NOT NULL,
	"repair_reg_no" text NOT NULL,
	"address" text NOT NULL,
	"geo" jsonb NOT NULL,
	"phone" text NOT NULL,
	"hours" jsonb NOT NULL,
	"bays" jsonb NOT NULL,
	"rates" jsonb NOT NULL,
	"menus" jsonb NOT NULL,
	"technician_ids" text[] NOT NULL,
	"registered_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "rm_api_key_orgid_issuedat_id" ON "rm_api_key" USING btree ("org_id","issued_at","id");--> statement-breakpoint
CREATE INDEX "rm_api_key_hash" ON "rm_api_key" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "rm_api_key_previoushash" ON "rm_api_key" USING btree ("previous_hash");--> statement-breakpoint
CREATE INDEX "rm_api_key_position" ON "rm_api_key" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_api_key_party_keys" ON "rm_api_key" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_approval_inbox_customerid_waiting" ON "rm_approval_inbox" USING btree ("customer_id","waiting");--> statement-breakpoint
CREATE INDEX "rm_approval_inbox_position" ON "rm_approval_inbox" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_approval_inbox_party_keys" ON "rm_approval_inbox" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_ws_bay_card_position" ON "rm_ws_bay_card" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_ws_bay_card_party_keys" ON "rm_ws_bay_card" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_ws_bay_workshopid_day" ON "rm_ws_bay" USING btree ("workshop_id","day");--> statement-breakpoint
CREATE INDEX "rm_ws_bay_bayid_day" ON "rm_ws_bay" USING btree ("bay_id","day");--> statement-breakpoint
CREATE INDEX "rm_ws_bay_position" ON "rm_ws_bay" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_ws_bay_party_keys" ON "rm_ws_bay" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_ws_board_workshopid_column" ON "rm_ws_board" USING btree ("workshop_id","column");--> statement-breakpoint
CREATE INDEX "rm_ws_board_position" ON "rm_ws_board" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_ws_board_party_keys" ON "rm_ws_board" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_core_person_position" ON "rm_core_person" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_core_person_party_keys" ON "rm_core_person" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_event_index_stream_position" ON "rm_event_index" USING btree ("stream","position");--> statement-breakpoint
CREATE INDEX "rm_event_index_correlationid_position" ON "rm_event_index" USING btree ("correlation_id","position");--> statement-breakpoint
CREATE INDEX "rm_event_index_type_position" ON "rm_event_index" USING btree ("type","position");--> statement-breakpoint
CREATE INDEX "rm_event_index_orgid_position" ON "rm_event_index" USING btree ("org_id","position");--> statement-breakpoint
CREATE INDEX "rm_event_index_position" ON "rm_event_index" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_event_index_party_keys" ON "rm_event_index" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_invoice_sellerorgid_draftedat_id" ON "rm_invoice" USING btree ("seller_org_id","drafted_at","id");--> statement-breakpoint
CREATE INDEX "rm_invoice_sourceid" ON "rm_invoice" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "rm_invoice_payerid_draftedat_id" ON "rm_invoice" USING btree ("payer_id","drafted_at","id");--> statement-breakpoint
CREATE INDEX "rm_invoice_position" ON "rm_invoice" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_invoice_party_keys" ON "rm_invoice" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_membership_orgid_since_id" ON "rm_membership" USING btree ("org_id","since","id");--> statement-breakpoint
CREATE INDEX "rm_membership_userid" ON "rm_membership" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "rm_membership_position" ON "rm_membership" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_membership_party_keys" ON "rm_membership" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_ws_order_workshoporgid_openedat_id" ON "rm_ws_order" USING btree ("workshop_org_id","opened_at","id");--> statement-breakpoint
CREATE INDEX "rm_ws_order_workshopid_status" ON "rm_ws_order" USING btree ("workshop_id","status");--> statement-breakpoint
CREATE INDEX "rm_ws_order_technicianid_status" ON "rm_ws_order" USING btree ("technician_id","status");--> statement-breakpoint
CREATE INDEX "rm_ws_order_vehicleid_openedat" ON "rm_ws_order" USING btree ("vehicle_id","opened_at");--> statement-breakpoint
CREATE INDEX "rm_ws_order_customerid_openedat" ON "rm_ws_order" USING btree ("customer_id","opened_at");--> statement-breakpoint
CREATE INDEX "rm_ws_order_position" ON "rm_ws_order" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_ws_order_party_keys" ON "rm_ws_order" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_org_registeredat_id" ON "rm_org" USING btree ("registered_at","id");--> statement-breakpoint
CREATE INDEX "rm_org_position" ON "rm_org" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_org_party_keys" ON "rm_org" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_owner_vehicle_ownerid_plate_id" ON "rm_owner_vehicle" USING btree ("owner_id","plate","id");--> statement-breakpoint
CREATE INDEX "rm_owner_vehicle_plate_id" ON "rm_owner_vehicle" USING btree ("plate","id");--> statement-breakpoint
CREATE INDEX "rm_owner_vehicle_openorderid" ON "rm_owner_vehicle" USING btree ("open_order_id");--> statement-breakpoint
CREATE INDEX "rm_owner_vehicle_position" ON "rm_owner_vehicle" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_owner_vehicle_party_keys" ON "rm_owner_vehicle" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_ws_person_position" ON "rm_ws_person" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_ws_person_party_keys" ON "rm_ws_person" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_ws_slots_public_workshopid_day" ON "rm_ws_slots_public" USING btree ("workshop_id","day");--> statement-breakpoint
CREATE INDEX "rm_ws_slots_public_position" ON "rm_ws_slots_public" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_ws_slots_public_party_keys" ON "rm_ws_slots_public" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_ws_reservation_workshoporgid_startsat_id" ON "rm_ws_reservation" USING btree ("workshop_org_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "rm_ws_reservation_workshopid_startsat_id" ON "rm_ws_reservation" USING btree ("workshop_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "rm_ws_reservation_requesterid_startsat_id" ON "rm_ws_reservation" USING btree ("requester_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "rm_ws_reservation_position" ON "rm_ws_reservation" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_ws_reservation_party_keys" ON "rm_ws_reservation" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "stream_chain_position" ON "stream_chain" USING btree ("position");--> statement-breakpoint
CREATE INDEX "stream_chain_party_keys" ON "stream_chain" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "stream_party_position" ON "stream_party" USING btree ("position");--> statement-breakpoint
CREATE INDEX "stream_party_party_keys" ON "stream_party" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_tech_queue_technicianid_active_openedat_id" ON "rm_tech_queue" USING btree ("technician_id","active","opened_at","id");--> statement-breakpoint
CREATE INDEX "rm_tech_queue_position" ON "rm_tech_queue" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_tech_queue_party_keys" ON "rm_tech_queue" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_ws_technician_workshopid_since_id" ON "rm_ws_technician" USING btree ("workshop_id","since","id");--> statement-breakpoint
CREATE INDEX "rm_ws_technician_userid" ON "rm_ws_technician" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "rm_ws_technician_position" ON "rm_ws_technician" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_ws_technician_party_keys" ON "rm_ws_technician" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_user_registeredat_id" ON "rm_user" USING btree ("registered_at","id");--> statement-breakpoint
CREATE INDEX "rm_user_position" ON "rm_user" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_user_party_keys" ON "rm_user" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_ws_workshop_org_position" ON "rm_ws_workshop_org" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_ws_workshop_org_party_keys" ON "rm_ws_workshop_org" USING gin ("party_keys");--> statement-breakpoint
CREATE INDEX "rm_workshop_orgid" ON "rm_workshop" USING btree ("org_id");--> statement-breakpoint
CREATE INDEX "rm_workshop_name_id" ON "rm_workshop" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "rm_workshop_position" ON "rm_workshop" USING btree ("position");--> statement-breakpoint
CREATE INDEX "rm_workshop_party_keys" ON "rm_workshop" USING gin ("party_keys");