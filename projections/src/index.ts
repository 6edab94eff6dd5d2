import type { Pool } from '@cargoro/infra/postgres';
import { installAnalytics } from './analytics/install.ts';
import type { ProjectorDeps } from './kit/projector.ts';
import { rebuildModel } from './kit/rebuild.ts';
import { migrateSchema } from './kit/schema.ts';
import { type ProjectionOptions, type Projections, startAll } from './kit/start.ts';
import { type Verified, verifyModels } from './kit/verify.ts';
import { readModels } from './read-models.ts';

export { objectsIn } from './admin/file-use.ts';
export { kpis } from './analytics/install.ts';
export type { Kpi } from './analytics/kpi.ts';
export { firstLetter, PersonName } from './core/person-card.ts';
export { regions } from './delivery/region.ts';
export { byStanding, mostDrivers } from './delivery/standing.ts';
export { bookRoles } from './fleet/vehicle.ts';
export type { Column } from './kit/columns.ts';
export { systemColumns } from './kit/columns.ts';
export { sameRow } from './kit/compare.ts';
export { type Cut, foldPast } from './kit/past.ts';
export type { Logger, ProjectorDeps, ProjectorState } from './kit/projector.ts';
export type { Rebuilt } from './kit/rebuild.ts';
export { readerRole } from './kit/schema.ts';
export { quoted, selectList } from './kit/sql.ts';
export type { ProjectionOptions, Projections } from './kit/start.ts';
export type * from './kit/types.ts';
export type { Difference, Verified } from './kit/verify.ts';
export * from './read-models.ts';
export { type Busy, cellMinutes, type FreeCell, freeCells } from './repair/free-time.ts';
export { slotsId } from './repair/public-slots.ts';
export type { WorkshopRow } from './repair/workshop.ts';

/** Brings tables, indexes, the analysts’ schema, the reader's role and row-level security up to date. Idempotent, safe side by side. */
export const migrate = async (pool: Pool): Promise<void> => {
  await migrateSchema(pool, readModels);
  await installAnalytics(pool);
};

/** Runs the projectors; each group is active in one process, elsewhere it stands by. `lag()` tells where each one is. */
export const startProjections = (deps: ProjectorDeps, options: ProjectionOptions = {}): Projections =>
  startAll(readModels, deps, options);

/** Rebuilds a read model (and those joined with it) beside the live table and swaps it in. Throws on an unknown name. */
export const rebuild = (deps: ProjectorDeps, name: string, options?: Parameters<typeof rebuildModel>[3]) =>
  rebuildModel(name, readModels, deps, options);

/** Proves every table, or the named ones, against a replay of the log; `differing` is 0 where all is well. */
export const verify = (
  deps: Pick<ProjectorDeps, 'pool' | 'log' | 'vault'>,
  options?: { names?: readonly string[]; mostRows?: number; only?: string },
): Promise<readonly Verified[]> => verifyModels(readModels, deps, options);
