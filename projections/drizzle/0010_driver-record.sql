ALTER TABLE "rm_driver_home" ADD COLUMN "done_jobs" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rm_driver_home" ADD COLUMN "failed_jobs" integer DEFAULT 0 NOT NULL;