ALTER TABLE "rm_ws_board" ADD COLUMN "offers" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "rm_ws_order" ADD COLUMN "offers" text[] DEFAULT '{}' NOT NULL;