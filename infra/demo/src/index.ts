export * from './build.ts';
export * from './digest.ts';
export * from './ids.ts';
export * from './personas.ts';
