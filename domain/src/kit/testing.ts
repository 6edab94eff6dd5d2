export * from './laws.ts';
export * from './spec.ts';
