/** The kit itself, for read models that are not CarGoro's own: the benchmark measures it with its workloads. */
export { sqlType } from './columns.ts';
export { deriveRow, foldRow, joinRow } from './fold.ts';
export { derivedModel, readModel } from './read-model.ts';
export { rebuildModel } from './rebuild.ts';
export { migrateSchema, secure } from './schema.ts';
export { commitBatch, upsert } from './sql.ts';
export { startAll } from './start.ts';
export type * from './types.ts';
export { verifyModels } from './verify.ts';
