export * from './build.ts';
export { BrokenChecks } from './checks/index.ts';
export { ratesTable } from './checks/rates/index.ts';
export * from './digest.ts';
export * from './ids.ts';
export * from './personas.ts';
export { progressTeller } from './progress.ts';
export { AnotherWorld } from './sim/onward.ts';
