/** How often a driver brings a job to its end, then who earned least today. Nine jobs out of ten are assumed of who has driven none. */
export const byStanding = '(done_jobs + 9.0) / (done_jobs + failed_jobs + 10.0) desc, earning_krw, driver_id';
/** A decision may rely on some 60 streams, and it looks at a handful for each driver. */
export const mostDrivers = 12;
