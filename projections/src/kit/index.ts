/** The machinery without CarGoro's own read models, for whoever brings others: the benchmark does. */
export { sqlType } from './columns.ts';
export { readModel } from './read-model.ts';
export { rebuildModel } from './rebuild.ts';
export { startAll } from './start.ts';
